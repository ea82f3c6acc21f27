import { runRows } from '../run.ts'
import { cloudikeDriver } from './driver.ts'
import { noticeRows } from './notices.rows.ts'

runRows(cloudikeDriver, 'notices', noticeRows)
