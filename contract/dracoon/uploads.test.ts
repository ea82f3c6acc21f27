import { runRows } from '../run.ts'
import { directUploadsRows } from './direct-uploads.rows.ts'
import { dracoon } from './driver.ts'
import { uploadsRows } from './uploads.rows.ts'

runRows(dracoon, 'uploads', [...uploadsRows, ...directUploadsRows])
