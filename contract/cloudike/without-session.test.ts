import { runRows } from '../run.ts'
import { cloudikeDriver } from './driver.ts'
import { withoutSessionRows } from './without-session.rows.ts'

runRows(cloudikeDriver, 'without a session', withoutSessionRows, { shared: {} })
