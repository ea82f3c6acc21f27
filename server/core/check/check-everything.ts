import { type App, type Ctx, contextFor } from '../ctx.ts'
import type { Tenant } from '../tenants/tenant.ts'
import { checkAccess } from './check-access.ts'
import { checkBlobs } from './check-blobs.ts'
import { checkObjects } from './check-objects.ts'
import { checkReferences } from './check-references.ts'
import { checkTallies, checkTenantBytes } from './check-tallies.ts'
import { checkVersions } from './check-versions.ts'
import type { Finding } from './finding.ts'

export type CheckOptions = {
  /** Reads and hashes every byte. */
  readonly deep?: boolean
  /**
   * Writes anew what follows from other rows: counters and access rows. Removes what belongs to
   * something that is gone. Never touches bytes.
   */
  readonly repair?: boolean
  readonly onProgress?: (progress: CheckProgress) => void
  readonly onFinding?: (finding: Finding) => void
}

export type CheckStep =
  | 'versions'
  | 'nodes'
  | 'references'
  | 'blobs'
  | 'tallies'
  | 'access'
  | 'objects'

export type CheckProgress = {
  readonly step: CheckStep
  /** null: over all tenants. */
  readonly tenantId: number | null
  /** Things looked at in this step. */
  readonly done: number
}

/** What every part of the check is given. */
export type Check = {
  readonly ctx: Ctx
  readonly repair: boolean
  readonly deep: boolean
  progress(step: CheckStep, done: number): void
  report(finding: Omit<Finding, 'tenantId'>): void
}

/**
 * Checks that all that is there holds together: versions have blobs, blobs have bytes of the right
 * size (deep: and hash), files have their versions, nothing belongs to what is gone, counters equal
 * a recount, access rows equal the grants, and lists objects to which nothing refers. Safe beside a
 * running server: what looks wrong is looked at again in a transaction of its own before it is
 * reported or repaired.
 */
export async function checkEverything(app: App, options: CheckOptions = {}): Promise<Finding[]> {
  const findings: Finding[] = []
  const report = (finding: Finding) => {
    findings.push(finding)
    options.onFinding?.(finding)
  }
  for (const tenant of await app.store.tenants.all()) {
    const check = checkOf(app, tenant, options, report)
    await checkVersions(check)
    await checkReferences(check)
    await checkBlobs(check)
    await checkTallies(check)
    await checkTenantBytes(check)
    await checkAccess(check)
  }
  const onDone = (done: number) => options.onProgress?.({ step: 'objects', tenantId: null, done })
  await checkObjects(app, onDone, report)
  return findings
}

function checkOf(
  app: App,
  tenant: Tenant,
  options: CheckOptions,
  report: (finding: Finding) => void,
): Check {
  return {
    ctx: contextFor(app, tenant, { kind: 'system' }, 'check'),
    repair: options.repair === true,
    deep: options.deep === true,
    progress: (step, done) => options.onProgress?.({ step, tenantId: tenant.id, done }),
    report: (finding) => report({ ...finding, tenantId: tenant.id }),
  }
}
