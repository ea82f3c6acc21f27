import { runRows } from '../run.ts'
import { dracoon } from './driver.ts'
import {
  lastKeyStatusesRows,
  lastStatusesRows,
  lockedCancellingRows,
  lockedCompletingRows,
} from './last-statuses.rows.ts'

runRows(dracoon, 'last statuses', lastStatusesRows)
runRows(dracoon, 'last statuses of keys', lastKeyStatusesRows)
runRows(dracoon, 'completing for a locked account', lockedCompletingRows)
runRows(dracoon, 'cancelling for a locked account', lockedCancellingRows)
