import { runRows } from '../run.ts'
import { cloudikeDriver } from './driver.ts'
import { fullListingRows } from './full-listing.rows.ts'

runRows(cloudikeDriver, 'full-listing', fullListingRows)
