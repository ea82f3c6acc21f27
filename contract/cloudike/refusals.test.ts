import { runRows } from '../run.ts'
import { cloudikeDriver } from './driver.ts'
import { endRows, tooLargeRows } from './ends.rows.ts'
import { refusalRows } from './refusals.rows.ts'

runRows(cloudikeDriver, 'refusals', refusalRows)
runRows(cloudikeDriver, 'ends', endRows)
runRows(cloudikeDriver, 'sizes', tooLargeRows, { env: { STRONGROOM_MAX_UPLOAD_BYTES: '10' } })
