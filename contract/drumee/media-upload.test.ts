import { runRows } from '../run.ts'
import { drumee } from './driver.ts'
import { mediaUploadRows } from './media-upload.rows.ts'

runRows(drumee, 'media, upload', mediaUploadRows)
