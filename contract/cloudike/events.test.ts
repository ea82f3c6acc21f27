import { runRows } from '../run.ts'
import { cloudikeDriver } from './driver.ts'
import { eventRows } from './events.rows.ts'

runRows(cloudikeDriver, 'events', eventRows)
