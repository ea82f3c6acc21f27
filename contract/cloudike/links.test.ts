import { runRows } from '../run.ts'
import { cloudikeDriver } from './driver.ts'
import { linkRows } from './links.rows.ts'

runRows(cloudikeDriver, 'links', linkRows)
