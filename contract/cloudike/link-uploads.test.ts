import { runRows } from '../run.ts'
import { cloudikeDriver } from './driver.ts'
import { linkUploadRows } from './link-uploads.rows.ts'

runRows(cloudikeDriver, 'link-uploads', linkUploadRows)
