import { runRows } from '../run.ts'
import { drumee } from './driver.ts'
import { boxChangeRows } from './sharebox-box-changes.rows.ts'
import { mutedBoxRows, newBoxRows } from './sharebox-boxes.rows.ts'
import { inboundRows, mutedInboundRows } from './sharebox-inbound.rows.ts'

const rows = [...newBoxRows, ...boxChangeRows, ...inboundRows]
runRows(drumee, 'boxes', rows, { mail: true })
runRows(drumee, 'boxes without mails', [...mutedBoxRows, ...mutedInboundRows])
