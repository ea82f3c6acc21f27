import { type CheckCounts, countForCheck } from '../../adapters/sql/count-for-check.ts'
import {
  type CheckOptions,
  type CheckProgress,
  type CheckStep,
  checkEverything,
} from '../../core/check/check-everything.ts'
import type { Finding } from '../../core/check/finding.ts'
import type { Config } from '../config.ts'
import type { OpenApp } from '../open-app.ts'
import { withTool } from './open-tool.ts'
import { saidCount, saidPercent } from './said.ts'
import type { Terminal } from './terminal.ts'

export type FsckOptions = Pick<CheckOptions, 'deep' | 'repair'>

/** `strongroom fsck`: answers the exit code, 1 where something is wrong. */
export async function fsck(
  config: Config,
  options: FsckOptions,
  terminal: Terminal,
): Promise<number> {
  const wrong = await withTool(config, terminal, (open) => checkAndTell(open, options, terminal))
  return wrong === 0 ? 0 : 1
}

/** Checks everything, tells each finding and the sum; answers how many are more than leftovers. */
export async function checkAndTell(
  { app, engine }: Pick<OpenApp, 'app' | 'engine'>,
  options: FsckOptions,
  terminal: Terminal,
): Promise<number> {
  const totals = await countForCheck(engine.read)
  const findings = await checkEverything(app, {
    ...options,
    onProgress: progressOn(totals, terminal),
    onFinding: (finding) => terminal.out(saidFinding(finding)),
  })
  const leftovers = findings.filter(({ kind }) => kind === 'orphan').length
  const repaired = findings.filter((finding) => finding.repaired).length
  const wrong = findings.length - leftovers
  const kind = options.deep ? 'every byte was read' : 'sizes only; --deep reads every byte'
  terminal.out(
    wrong === 0
      ? `✓ ${saidCount(totals.versions, 'version')}, nothing wrong (${kind})`
      : `✗ ${saidCount(wrong, 'finding')}, ${repaired} repaired (${kind})`,
  )
  if (leftovers > 0) {
    terminal.out(`  ${saidCount(leftovers, 'object')} that nothing needs; the sweep removes them`)
  }
  return wrong
}

/** One finding in one line: what, where, and how it differs. */
export function saidFinding(finding: Finding): string {
  const { kind, tenantId, nodeId, versionId, blobId, key, expected, found, repaired } = finding
  const { things, count } = finding
  const places = { tenant: tenantId, node: nodeId, version: versionId, blob: blobId, object: key }
  const where = Object.entries(places)
    .filter(([, id]) => id !== undefined && id !== null)
    .map(([name, id]) => `${name} ${id}`)
  const differs = [
    ...(things ? [`${count} ${things}`] : []),
    ...(expected ? [`expected ${expected}`] : []),
    ...(found ? [`found ${found}`] : []),
  ]
  const what = kind === 'orphan' ? 'leftover' : kind
  return `${what}: ${[...where, ...differs].join(', ')}${repaired ? ' (repaired)' : ''}`
}

const countedBy: Readonly<Record<CheckStep, keyof CheckCounts>> = {
  versions: 'versions',
  nodes: 'nodes',
  references: 'references',
  blobs: 'blobs',
  tallies: 'containers',
  access: 'rooms',
  objects: 'segments',
}

/** Totals are over all tenants; a step of a later tenant goes on where the one before ended. */
function progressOn(totals: CheckCounts, terminal: Terminal): (progress: CheckProgress) => void {
  let current = ''
  let started = 0
  const before = new Map<CheckStep, number>()
  let last: CheckProgress | undefined
  return (progress) => {
    const { step, tenantId, done } = progress
    if (`${step} ${tenantId}` !== current) {
      if (last) before.set(last.step, (before.get(last.step) ?? 0) + last.done)
      current = `${step} ${tenantId}`
      started = performance.now()
    }
    last = progress
    const seconds = Math.max(0.001, (performance.now() - started) / 1000)
    terminal.progress(() => {
      const total = totals[countedBy[step]]
      const all = (before.get(step) ?? 0) + done
      const percent = saidPercent(all, total)
      const rate = Math.round(done / seconds).toLocaleString('en')
      return `Checking ${step}: ${percent} (${all.toLocaleString('en')}), ${rate}/s`
    })
  }
}
