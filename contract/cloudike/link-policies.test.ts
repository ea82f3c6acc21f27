import { linkPolicies } from '../link-policies.ts'
import { runRows } from '../run.ts'
import { cloudikeDriver } from './driver.ts'
import { linkPolicyRows } from './link-policies.rows.ts'

runRows(cloudikeDriver, 'link policies', linkPolicyRows, { settings: linkPolicies })
