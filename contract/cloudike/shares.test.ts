import { runRows } from '../run.ts'
import { collaboratorRows } from './collaborators.rows.ts'
import { cloudikeDriver } from './driver.ts'
import { invitationRows, shareAddRows } from './shares.rows.ts'

runRows(cloudikeDriver, 'shares', [...shareAddRows, ...invitationRows, ...collaboratorRows])
