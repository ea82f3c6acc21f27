import { runRows } from '../run.ts'
import { drumee } from './driver.ts'
import { shareboxAttributeRows } from './sharebox-attributes.rows.ts'

runRows(drumee, 'what is shared', shareboxAttributeRows)
