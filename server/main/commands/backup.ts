import { resolve } from 'node:path'
import { isOpenToOthers } from '../../adapters/backup/backup-folder.ts'
import { type MadeBackup, makeBackup } from '../../adapters/backup/make-backup.ts'
import type { Config } from '../config.ts'
import { findSecretKey } from '../keys.ts'
import { version } from '../version.ts'
import { backupProgressOn } from './backup-progress-on.ts'
import { withTool } from './open-tool.ts'
import { saidBytes, saidCount, saidTime } from './said.ts'
import type { Terminal } from './terminal.ts'

export type BackupOptions = { readonly prune?: boolean }

/** `strongroom backup <folder>`: answers the exit code, 1 where the source itself is damaged. */
export async function backup(
  config: Config,
  folder: string,
  { prune = false }: BackupOptions,
  terminal: Terminal,
): Promise<number> {
  const started = performance.now()
  const path = resolve(folder)
  const made = await withTool(config, terminal, async ({ app, engine }) =>
    makeBackup({
      engine,
      tenants: app.store.tenants,
      blobs: app.blobs,
      folder: path,
      secretKey: findSecretKey(config)!,
      program: version,
      clock: app.clock,
      prune,
      onProgress: backupProgressOn(terminal),
      onWarning: (message) => terminal.err(message),
    }),
  )
  tellMade(made, path, performance.now() - started, terminal)
  if (await isOpenToOthers(path)) {
    terminal.err(`! other users of this machine can look into ${path}; run: chmod 700 ${path}`)
  }
  return tellDamage(made, terminal)
}

function tellMade(made: MadeBackup, path: string, ms: number, terminal: Terminal): void {
  const { tables, objects, takenAt } = made.manifest
  const rows = Object.values(tables).reduce((sum, table) => sum + table.rows, 0)
  const { copied, pruned } = made
  terminal.out(`Backed up to ${path} in ${saidTime(ms)}: the state of ${takenAt}`)
  terminal.out(
    `  ${saidCount(rows, 'row')}, ${saidCount(objects.count, 'object')} with ` +
      `${saidBytes(objects.bytes)}; ${saidCount(copied.count, 'object')} with ` +
      `${saidBytes(copied.bytes)} copied now`,
  )
  if (pruned > 0) terminal.out(`  ${saidCount(pruned, 'object')} of older backups removed`)
  terminal.out('  The folder holds the server’s key and every file: keep it secret.')
}

function tellDamage({ manifest }: MadeBackup, terminal: Terminal): number {
  const { missing, damaged } = manifest.objects
  if (missing + damaged === 0) return 0
  terminal.err(
    `✗ ${saidCount(missing, 'object')} missing and ${damaged} damaged in the byte store; the ` +
      'backup holds everything else. Run: strongroom fsck --deep',
  )
  return 1
}
