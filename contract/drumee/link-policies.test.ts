import { linkPolicies } from '../link-policies.ts'
import { runRows } from '../run.ts'
import { drumee } from './driver.ts'
import { linkPolicyRows } from './link-policies.rows.ts'

runRows(drumee, 'link policies', linkPolicyRows, { settings: linkPolicies })
