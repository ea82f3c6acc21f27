import { runRows } from '../run.ts'
import { companyFolderRows } from './company-folders.rows.ts'
import { cloudikeDriver } from './driver.ts'
import { invitedRows, memberShareRows } from './invited.rows.ts'

runRows(cloudikeDriver, 'company-folders', companyFolderRows)
runRows(cloudikeDriver, 'invited', invitedRows)
runRows(cloudikeDriver, 'member-shares', memberShareRows)
