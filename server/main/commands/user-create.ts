import { contextFor } from '../../core/ctx.ts'
import { type Fault, isFault } from '../../core/fault.ts'
import {
  ALL_ROLES,
  ROLE_AUDIT,
  ROLE_CONFIG,
  ROLE_GROUPS,
  ROLE_ROOMS,
  ROLE_SEES_NONMEMBERS,
  ROLE_USERS,
  type Roles,
} from '../../core/permissions/permission.ts'
import { createUser } from '../../core/users/create-user.ts'
import type { Config } from '../config.ts'
import { withTool } from './open-tool.ts'
import { tenantNamed } from './tenant-named.ts'
import type { Terminal } from './terminal.ts'

export type UserCreateOptions = {
  readonly login: string
  readonly email?: string
  readonly first: string
  readonly last: string
  readonly role: readonly string[]
  /** A host name of the tenant; absent: the default tenant. */
  readonly tenant?: string
  readonly passwordStdin?: boolean
}

/** The words of `--role`; everybody has the role of a user beside them. */
export const roleWords: Readonly<Record<string, Roles>> = {
  administrator: ALL_ROLES,
  config: ROLE_CONFIG,
  users: ROLE_USERS,
  groups: ROLE_GROUPS,
  rooms: ROLE_ROOMS,
  audit: ROLE_AUDIT,
  nonmembers: ROLE_SEES_NONMEMBERS,
}

/** `strongroom user create`. `readPassword` gives what stands on standard input. */
export async function userCreate(
  config: Config,
  options: UserCreateOptions,
  terminal: Terminal,
  readPassword: () => Promise<string>,
): Promise<number> {
  const roles = rolesOf(options.role)
  const given = options.passwordStdin ? firstLine(await readPassword()) : undefined
  await withTool(config, terminal, async ({ app }) => {
    const tenant = await tenantNamed(app, options.tenant)
    const ctx = contextFor(app, tenant, { kind: 'system' }, 'command-line')
    const { user, password } = await refusalSaid(() =>
      createUser(ctx, {
        userName: options.login,
        firstName: options.first,
        lastName: options.last,
        email: options.email ?? null,
        roles,
        ...(given === undefined ? {} : { password: given }),
      }),
    )
    terminal.out(`Made the account ${user.userName} (${user.id}) in ${tenant.name}`)
    if (password === null) return
    terminal.out(`Password: ${password}`)
    terminal.out('It is not shown again, and is to be changed at the first sign-in.')
  })
  return 0
}

function rolesOf(words: readonly string[]): Roles {
  let roles = 0
  for (const word of words.flatMap((some) => some.split(','))) {
    const role = roleWords[word.trim()]
    if (role === undefined) {
      throw new Error(`there is no role ${word}; roles are ${Object.keys(roleWords).join(', ')}`)
    }
    roles |= role
  }
  return roles
}

/** An editor or `echo` ends it with a line break, which is not meant. */
function firstLine(text: string): string {
  const line = text.replace(/\r?\n$/, '')
  if (line === '') throw new Error('there is no password on standard input')
  return line
}

async function refusalSaid<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!isFault(error)) throw error
    throw new Error(sentenceOf(error), { cause: error })
  }
}

const options: Readonly<Record<string, string>> = {
  userName: '--login',
  firstName: '--first',
  lastName: '--last',
  email: '--email',
  password: 'the password',
}

const rules: Readonly<Record<string, string>> = {
  'too-short': 'is too short',
  'too-long': 'is too long',
  'user-name': 'is the user name',
  unicode: 'is no well-formed text',
  empty: 'is empty',
  length: 'is too long',
  control: 'has a control character',
  invisible: 'has an invisible character',
  space: 'begins or ends with a space',
  character: 'has a character that is not allowed',
  form: 'has not the right form',
}

function sentenceOf({ code, data, message }: Fault): string {
  if (code === 'exists') return 'an account with this login is there already'
  if (code === 'limit-reached') return `the tenant has all ${data.limit} accounts that it may have`
  if (code !== 'invalid') return message
  const field = options[String(data.field)] ?? String(data.field)
  return `${field} ${rules[String(data.rule)] ?? `is refused (${data.rule})`}`
}
