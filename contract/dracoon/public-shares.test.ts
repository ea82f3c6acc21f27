import { runRows } from '../run.ts'
import { dracoon } from './driver.ts'
import { publicSharesRows } from './public-shares.rows.ts'

runRows(dracoon, 'public-shares', publicSharesRows)
