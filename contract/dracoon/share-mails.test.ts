import { runRows } from '../run.ts'
import { dracoon } from './driver.ts'
import { shareMailsRows } from './share-mails.rows.ts'

runRows(dracoon, 'share-mails', shareMailsRows, { mail: true })
