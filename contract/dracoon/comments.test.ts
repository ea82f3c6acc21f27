import { runRows } from '../run.ts'
import { commentsRows } from './comments.rows.ts'
import { dracoon } from './driver.ts'
import { nodeMarksRows } from './node-marks.rows.ts'

runRows(dracoon, 'remarks', [...commentsRows, ...nodeMarksRows])
