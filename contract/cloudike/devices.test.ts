import { runRows } from '../run.ts'
import { deviceRows } from './devices.rows.ts'
import { cloudikeDriver } from './driver.ts'
import { valueRows } from './values.rows.ts'

runRows(cloudikeDriver, 'devices', deviceRows)
runRows(cloudikeDriver, 'values', valueRows)
