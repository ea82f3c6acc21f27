import { runRows } from '../run.ts'
import { dracoon } from './driver.ts'
import { shareTextsRows, textLimits } from './share-texts.rows.ts'

runRows(dracoon, 'share-texts', shareTextsRows, { texts: true, env: textLimits })
