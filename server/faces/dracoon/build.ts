import { statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import manifest from '../../../package.json' with { type: 'json' }

/** What is told about the program itself. The file of the program is as old as its build. */
export const build = {
  version: manifest.version,
  builtAt: statSync(fileURLToPath(import.meta.url)).mtimeMs,
} as const
