import { existsSync } from 'node:fs'
import type { Config } from '../config.ts'
import { findSecretKey } from '../keys.ts'
import { type OpenApp, openApp } from '../open-app.ts'
import { logOn, type Terminal } from './terminal.ts'

/** Opens an installation that is there, beside its server; makes nothing. */
export async function openTool(config: Config, terminal: Terminal): Promise<OpenApp> {
  requireInstallation(config)
  return openApp(config, logOn(terminal), { role: 'tool' })
}

/** A command with other settings than the server's would otherwise make an empty installation. */
function requireInstallation(config: Config): void {
  const { database } = config
  const remedy = 'run the command with the server’s settings (STRONGROOM_DATA …) and as its user'
  if (database.engine === 'sqlite' && !existsSync(database.file)) {
    throw new Error(`there is no database at ${database.file}; ${remedy}`)
  }
  if (findSecretKey(config) === undefined) {
    throw new Error(`there is no key in ${config.dataDir}; ${remedy}`)
  }
}

/** Runs `work` on an open installation and closes it, whatever comes. */
export async function withTool<T>(
  config: Config,
  terminal: Terminal,
  work: (open: OpenApp) => Promise<T>,
): Promise<T> {
  const open = await openTool(config, terminal)
  try {
    return await work(open)
  } finally {
    await open.close()
  }
}
