import { runRows } from '../run.ts'
import { dracoon } from './driver.ts'
import { sharesRows } from './shares.rows.ts'

runRows(dracoon, 'shares', sharesRows)
