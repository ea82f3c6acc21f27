import { contextFor } from '../../core/ctx.ts'
import { changeSettings } from '../../core/settings/change-settings.ts'
import { defaultSettings, greatestSettings, type Settings } from '../../core/settings/settings.ts'
import type { Config } from '../config.ts'
import { withTool } from './open-tool.ts'
import { tenantNamed } from './tenant-named.ts'
import type { Terminal } from './terminal.ts'

/** What each setting of a tenant means; one without a sentence does not compile. */
const meanings: Readonly<Record<keyof Settings, string>> = {
  agreement: 'every user has to accept the terms of use before he goes on',
  address: 'every account has to have an e-mail address',
  registration: 'people without an account may make one',
  guests: 'administrators of rooms may invite people from outside as guests',
  linkPasswordFrom: 'classification from which a download link needs a password; 0: none',
  linkPasswordLength: 'characters that a password of a link has at least; 0: any will do',
  downloadLinkDays: 'days that a download link lasts when its maker says nothing; 0: for ever',
  uploadLinkDays: 'the same for links through which files are brought',
}

const words: Readonly<Record<string, boolean>> = { on: true, off: false }

/** `strongroom settings [name=on …]`: changes what is given and shows what holds in a tenant. */
export async function settingsCommand(
  config: Config,
  changes: readonly string[],
  options: { readonly tenant?: string },
  terminal: Terminal,
): Promise<number> {
  const change = Object.assign({}, ...changes.map(readChange)) as Partial<Settings>
  await withTool(config, terminal, async ({ app }) => {
    const tenant = await tenantNamed(app, options.tenant)
    const ctx = contextFor(app, tenant, { kind: 'system' }, 'command-line')
    const isChange = Object.keys(change).length > 0
    const settings = isChange ? await changeSettings(ctx, change) : tenant.settings
    for (const name of settingNames) {
      terminal.out(`${`${name}=${shown(settings[name])}`.padEnd(22)} ${meanings[name]}`)
    }
  })
  return 0
}

const settingNames = Object.keys(defaultSettings) as (keyof Settings)[]

function readChange(text: string): Partial<Settings> {
  const [name = '', word = ''] = text.split('=')
  const known = settingNames.find((one) => one === name)
  if (!known) {
    throw new Error(`there is no setting ${name}; settings are ${settingNames.join(', ')}`)
  }
  if (typeof defaultSettings[known] === 'number') {
    const greatest = greatestSettings[known] ?? 0
    if (!/^\d{1,4}$/.test(word) || Number(word) > greatest) {
      throw new Error(`${name} is a number from 0 to ${greatest}: ${name}=3`)
    }
    return { [known]: Number(word) }
  }
  const value = Object.hasOwn(words, word) ? words[word] : undefined
  if (value === undefined) throw new Error(`${name} is on or off: ${name}=on`)
  return { [known]: value }
}

function shown(value: boolean | number): string {
  if (typeof value === 'number') return String(value)
  return value ? 'on' : 'off'
}
