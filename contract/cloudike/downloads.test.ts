import { runRows } from '../run.ts'
import { downloadRows } from './downloads.rows.ts'
import { cloudikeDriver } from './driver.ts'

runRows(cloudikeDriver, 'downloads', downloadRows)
