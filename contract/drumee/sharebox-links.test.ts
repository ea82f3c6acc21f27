import { runRows } from '../run.ts'
import { drumee } from './driver.ts'
import { shareboxLinkRows } from './sharebox-links.rows.ts'

runRows(drumee, 'open links', shareboxLinkRows)
