import { runRows } from '../run.ts'
import { companyFolderRows } from './company-folders.rows.ts'
import { companySharedRows } from './company-shared.rows.ts'
import { cloudikeDriver } from './driver.ts'
import { invitedRows, memberShareRows } from './invited.rows.ts'

runRows(cloudikeDriver, 'company-folders', companyFolderRows)
runRows(cloudikeDriver, 'company-shared', companySharedRows)
runRows(cloudikeDriver, 'invited', invitedRows)
runRows(cloudikeDriver, 'member-shares', memberShareRows)
