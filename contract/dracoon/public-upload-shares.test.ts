import { runRows } from '../run.ts'
import { dracoon } from './driver.ts'
import { publicUploadSharesRows } from './public-upload-shares.rows.ts'
import { publicUploadsRows } from './public-uploads.rows.ts'

runRows(dracoon, 'public-upload-shares', publicUploadSharesRows)
runRows(dracoon, 'public-uploads', publicUploadsRows)
