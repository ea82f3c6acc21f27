import { runRows } from '../run.ts'
import { cloudikeDriver } from './driver.ts'
import { metadataRows } from './metadata.rows.ts'

runRows(cloudikeDriver, 'metadata', metadataRows)
