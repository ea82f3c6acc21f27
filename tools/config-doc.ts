import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Setting } from '../server/main/setting.ts'
import { defaultOf, settings } from '../server/main/settings.ts'

const head = `# Configuration

<!-- Made by tools/config-doc.ts from server/main/settings.ts; \`npm run gen\` writes it anew. -->

Every setting is an environment variable. \`STRONGROOM_CONFIG\` may name a JSON file with one object
whose keys are the same names; a variable in the environment wins over the file. A secret may also
stand in a file of its own, named by the variable with \`_FILE\` behind it
(\`STRONGROOM_SERVICE_TOKEN_FILE=/run/secrets/token\`). An empty variable counts as absent.

All settings are checked at the start: the server names every wrong one and does not run.
\`strongroom config\` prints what is in force, secrets masked.

Sizes take a unit (\`65536\`, \`10 MB\`, \`1 GiB\`); times are whole seconds; relative paths start
in the working directory.
`

const cell = (text: string): string => text.replaceAll('|', '\\|')

/** The page about all settings, in Markdown. */
export function configPage(): string {
  const row = (setting: Setting<unknown>): string => {
    const { name, kind, about } = setting
    return `| \`${name}\` | ${kind.type} | ${cell(defaultOf(setting))} | ${cell(about)} |`
  }
  const rows = Object.values(settings as Record<string, Setting<unknown>>).map(row)
  return `${head}\n| name | type | default | meaning |\n|---|---|---|---|\n${rows.join('\n')}\n`
}

if (process.argv[1] === import.meta.filename) {
  const path = join(import.meta.dirname, '../docs/config.md')
  if (process.argv.includes('--check')) {
    if (readFileSync(path, 'utf8') !== configPage()) {
      process.stderr.write('docs/config.md is not what settings.ts says; run npm run gen\n')
      process.exitCode = 1
    }
  } else {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, configPage())
  }
}
