import type { Row } from '../operation.ts'
import { accountRows } from './accounts.ts'
import { fileopsRows } from './fileops.ts'
import { fileRows } from './files.ts'
import { linkRows, publicLinkRows } from './links.ts'
import { metadataRows } from './metadata.ts'
import { transferRows } from './transfers.ts'

/** Every operation that is reached. */
export function cloudikeRows(): Row[] {
  return [
    ...accountRows,
    ...fileopsRows,
    ...metadataRows,
    ...fileRows,
    ...linkRows,
    ...publicLinkRows,
    ...transferRows,
  ]
}
