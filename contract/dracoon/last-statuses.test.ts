import { runRows } from '../run.ts'
import { dracoon } from './driver.ts'
import { lastKeyStatusesRows, lastStatusesRows } from './last-statuses.rows.ts'

runRows(dracoon, 'last statuses', lastStatusesRows)
runRows(dracoon, 'last statuses of keys', lastKeyStatusesRows)
