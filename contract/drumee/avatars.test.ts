import { runRows } from '../run.ts'
import { avatarRows } from './avatars.rows.ts'
import { drumee } from './driver.ts'

runRows(drumee, 'avatars', avatarRows)
