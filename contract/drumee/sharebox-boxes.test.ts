import { runRows } from '../run.ts'
import { drumee } from './driver.ts'
import { mutedBoxRows, shareboxBoxRows } from './sharebox-boxes.rows.ts'

runRows(drumee, 'boxes', shareboxBoxRows, { mail: true })
runRows(drumee, 'boxes without mail', mutedBoxRows)
