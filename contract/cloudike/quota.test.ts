import { runRows } from '../run.ts'
import { cloudikeDriver } from './driver.ts'
import { quotaRows } from './quota.rows.ts'

runRows(cloudikeDriver, 'quota', quotaRows)
