import { readDate } from './dates.ts'

/** Times of the source file system as the wire has them. */
export type WireTimes = {
  readonly timestampCreation?: string
  readonly timestampModification?: string
}

/** The times as core takes them; what was not sent is undefined. */
export function readTimes({ timestampCreation, timestampModification }: WireTimes): {
  clientCreatedAt: number | undefined
  clientModifiedAt: number | undefined
} {
  return {
    clientCreatedAt: timestampCreation === undefined ? undefined : readDate(timestampCreation),
    clientModifiedAt:
      timestampModification === undefined ? undefined : readDate(timestampModification),
  }
}
