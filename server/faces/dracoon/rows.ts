import type { Row } from '../operation.ts'
import type { DracoonSettings } from './settings.ts'
import { publicRows } from './public.ts'

/** Every operation that is reached, in the document's order of tags. */
export function dracoonRows(settings: DracoonSettings): Row[] {
  return [...publicRows(settings)]
}
