import type { Row } from '../operation.ts'
import { deskRows } from './desk.ts'
import { drumateRows } from './drumate.ts'
import { mediaChangeRows } from './media-change.ts'
import { mediaReadRows } from './media-read.ts'
import { mediaUploadRows } from './media-upload.ts'
import { mfsApiRows } from './mfs-api.ts'
import { ypRows } from './yp.ts'

/** Every service that is reached. */
export const drumeeRows: readonly Row[] = [
  ...drumateRows,
  ...mfsApiRows,
  ...ypRows,
  ...deskRows,
  ...mediaReadRows,
  ...mediaUploadRows,
  ...mediaChangeRows,
]
