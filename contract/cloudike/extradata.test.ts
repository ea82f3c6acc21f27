import { runRows } from '../run.ts'
import { cloudikeDriver } from './driver.ts'
import { extradataRows } from './extradata.rows.ts'

runRows(cloudikeDriver, 'extradata', extradataRows)
