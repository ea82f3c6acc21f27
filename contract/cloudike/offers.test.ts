import { runRows } from '../run.ts'
import { cloudikeDriver } from './driver.ts'
import { handoverRows, offerRows } from './offers.rows.ts'

runRows(cloudikeDriver, 'offers', [...offerRows, ...handoverRows])
