import { runRows } from '../run.ts'
import { cloudikeDriver } from './driver.ts'
import { publicLinkRows } from './links.rows.ts'

runRows(cloudikeDriver, 'public-links', publicLinkRows)
