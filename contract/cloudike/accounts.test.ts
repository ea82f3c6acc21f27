import { runRows } from '../run.ts'
import { accountRows } from './accounts.rows.ts'
import { cloudikeDriver } from './driver.ts'

runRows(cloudikeDriver, 'accounts', accountRows)
