import { refuseInput } from './refuse.ts'

/** A listing is named by its number in at least eight hex digits. */
export function listingName(id: number): string {
  return id.toString(16).padStart(8, '0')
}

/** The number of a name; any other text is refused. */
export function listingId(name: string): number {
  if (/^[0-9a-f]{8,13}$/.test(name)) return Number.parseInt(name, 16)
  return refuseInput('listing_request_id', 'form', 'this is no name of a listing')
}
