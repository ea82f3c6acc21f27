import { runRows } from '../run.ts'
import { classificationPoliciesRows } from './classification-policies.rows.ts'
import { dracoon } from './driver.ts'

runRows(dracoon, 'classification policies', classificationPoliciesRows)
