import { runRows } from '../run.ts'
import { dracoon } from './driver.ts'
import { lastKeyStatusesRows, lastStatusesRows, lockedAccountRows } from './last-statuses.rows.ts'

runRows(dracoon, 'last statuses', lastStatusesRows)
runRows(dracoon, 'last statuses of keys', lastKeyStatusesRows)
runRows(dracoon, 'uploads of a locked account', lockedAccountRows)
