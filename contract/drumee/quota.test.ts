import { runRows } from '../run.ts'
import { drumee } from './driver.ts'
import { fullTenant, fullTenantRows, quotaRows } from './quota.rows.ts'

runRows(drumee, 'quotas', quotaRows)
runRows(drumee, 'a full organisation', fullTenantRows, {
  shared: fullTenant.shared,
  env: { STRONGROOM_TENANT_QUOTA_BYTES: String(fullTenant.quota) },
})
