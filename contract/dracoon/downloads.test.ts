import { runRows } from '../run.ts'
import { downloadsRows } from './downloads.rows.ts'
import { dracoon } from './driver.ts'

runRows(dracoon, 'downloads', downloadsRows)
