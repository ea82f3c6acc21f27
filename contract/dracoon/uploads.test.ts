import { runRows } from '../run.ts'
import { directUploadsRows } from './direct-uploads.rows.ts'
import { dracoon } from './driver.ts'
import { uploadChunksRows } from './upload-chunks.rows.ts'
import { uploadsRows } from './uploads.rows.ts'

runRows(dracoon, 'uploads', [...uploadsRows, ...uploadChunksRows, ...directUploadsRows])
