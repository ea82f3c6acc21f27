import { linkPolicies } from '../link-policies.ts'
import { runRows } from '../run.ts'
import { dracoon } from './driver.ts'
import { linkPolicyRows } from './link-policies.rows.ts'

runRows(dracoon, 'link policies', linkPolicyRows, { settings: linkPolicies })
