import { readFileSync } from 'node:fs'
import { isIPv4 } from 'node:net'
import { join, resolve } from 'node:path'
import type { Setting } from './setting.ts'
import {
  type Address,
  type DatabaseUrl,
  type HostName,
  type Kind,
  type SmtpUrl,
  secret,
} from './setting-kinds.ts'
import { type SettingKey, settings, type Values } from './settings.ts'

export type Database =
  | { engine: 'sqlite'; file: string }
  | { engine: 'postgres'; url: string; pool: number }

export type S3Storage = {
  kind: 's3'
  bucket: string
  /** Begins every key; empty or ending with a slash. */
  prefix: string
  endpoint: string | undefined
  publicEndpoint: string | undefined
  region: string
  pathStyle: boolean
  /** false: clients send parts through this server, never to the store. */
  direct: boolean
  /** Absent: the SDK looks where it always looks. */
  credentials: { accessKeyId: string; secretAccessKey: string } | undefined
}

export type Storage = { kind: 'disk'; dir: string } | S3Storage

/** A setting as `strongroom config` prints it; secrets are masked. */
export type Shown = { name: string; value: string; from: 'environment' | 'file' | 'default' }

/** What the server was told, checked and frozen. Paths are absolute, times are in seconds. */
export type Config = {
  listen: Address
  /** Without a closing slash. */
  publicUrl: string
  /** Whether `publicUrl` was told; otherwise it follows the address. */
  publicUrlGiven: boolean
  trustProxy: string[]
  dataDir: string
  database: Database
  storage: Storage
  admin: { login: string; password: string | undefined }
  serviceToken: string | undefined
  secretKey: string | undefined
  /** Absent: no mail is sent. */
  mail: (SmtpUrl & { from: string }) | undefined
  /** Absent: no text messages are sent. */
  texts: { url: string; token: string; from: string } | undefined
  /** Absent: nothing is imported. */
  imports: { hosts: HostName[]; networks: string[] } | undefined
  log: { level: Values['logLevel'] }
  limits: {
    maxBodyBytes: number
    maxHeaderBytes: number
    maxUploadBytes: number
    maxUploadParts: number
    smallFileBytes: number
    tenantQuotaBytes: number | undefined
    maxBulkItems: number
    maxArchiveEntries: number
    maxValueBytes: number
    maxValues: number
    maxFeedback: number
    maxFeedbackLength: number
    maxMailRecipients: number
    maxUserMails: number
    maxTextRecipients: number
    maxTextsPerDay: number
    maxOpenTasks: number
    maxUserSockets: number
    maxSocketMessageBytes: number
    maxPathDepth: number
    maxProfileBytes: number
    maxManifestItems: number
    maxImportItems: number
  }
  timeouts: { requestSeconds: number; idleSeconds: number }
  lifetimes: {
    uploadSeconds: number
    downloadSeconds: number
    blobGraceSeconds: number
    codeSeconds: number
    resetSeconds: number
    leaveDays: number
  }
  logins: { maxFailures: number; lockSeconds: number }
  previews: {
    processes: number
    queue: number
    seconds: number
    memoryBytes: number
    maxPixels: number
    maxBytes: number
  }
  /** What is allowed and yet unwise; to be logged at the start. */
  warnings: string[]
  shown: Shown[]
}

/** Every reason why the configuration cannot be used, each naming its variable. */
export class ConfigError extends Error {
  override name = 'ConfigError'
  readonly problems: string[]
  constructor(problems: string[]) {
    super(`The configuration cannot be used:\n${problems.map((line) => `  ${line}`).join('\n')}`)
    this.problems = problems
  }
}

type Env = Record<string, string | undefined>
type Raw = { text: string; from: Shown['from'] } | undefined
type Sources = { env: Env; file: Env; problems: string[] }

const rows = Object.entries(settings) as [SettingKey, Setting<unknown>][]
const isSecret = (setting: Setting<unknown>): boolean => setting.kind === (secret as Kind<unknown>)

const elsewhere: Partial<Record<SettingKey, string>> = {
  s3AccessKey: 'AWS_ACCESS_KEY_ID',
  s3Secret: 'AWS_SECRET_ACCESS_KEY',
}

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** The settings in a JSON file: one object, its keys the names of the variables. */
function readConfigFile(path: string, problems: string[]): Env {
  const found: Env = {}
  try {
    const parsed: unknown = JSON.parse(readFileSync(path, 'utf8'))
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
      throw new Error('it must hold one JSON object')
    }
    const names = new Set(rows.map(([, { name }]) => name))
    for (const [name, value] of Object.entries(parsed)) {
      if (!names.has(name)) problems.push(`${name} in ${path} is no setting`)
      else if (typeof value === 'string' || typeof value === 'number') found[name] = String(value)
      else problems.push(`${name} in ${path} must be a text or a number`)
    }
  } catch (error) {
    problems.push(`STRONGROOM_CONFIG (${path}) cannot be read: ${reason(error)}`)
  }
  return found
}

/** A secret may stand in a file of its own, which `<name>_FILE` names. */
function readSecretFile(name: string, path: string, problems: string[]): Raw {
  try {
    return { text: readFileSync(path, 'utf8').trim(), from: 'file' }
  } catch (error) {
    problems.push(`${name}_FILE (${path}) cannot be read: ${reason(error)}`)
    return undefined
  }
}

function rawOf(key: SettingKey, setting: Setting<unknown>, { env, file, problems }: Sources): Raw {
  const { name, fallback } = setting
  const given = env[name] || (elsewhere[key] && env[elsewhere[key]])
  if (given) return { text: given, from: 'environment' }
  const path = isSecret(setting) ? env[`${name}_FILE`] : undefined
  if (path) return readSecretFile(name, path, problems)
  if (file[name]) return { text: file[name], from: 'file' }
  return fallback === undefined ? undefined : { text: fallback, from: 'default' }
}

/** A password inside a URL is not for print. */
const masked = (text: string): string => text.replace(/(?<=:\/\/[^/@:]*:)[^/]*(?=@)/, '***')

function readValues(sources: Sources): { values: Values; shown: Shown[] } {
  const shown: Shown[] = []
  const values: Record<string, unknown> = {}
  for (const [key, setting] of rows) {
    const raw = rawOf(key, setting, sources)
    const value = raw === undefined ? '' : isSecret(setting) ? '***' : masked(raw.text)
    shown.push({ name: setting.name, value, from: raw?.from ?? 'default' })
    if (raw === undefined) continue
    try {
      values[key] = setting.kind.read(raw.text)
    } catch (error) {
      sources.problems.push(`${setting.name} ${reason(error)}`)
    }
  }
  return { values: values as Values, shown }
}

const databaseOf = (url: DatabaseUrl, dataDir: string, pool: number): Database =>
  url.engine === 'postgres'
    ? { ...url, pool }
    : { engine: 'sqlite', file: url.file ? resolve(url.file) : join(dataDir, 'strongroom.db') }

function storageOf(values: Values, dataDir: string): Storage {
  const { storage, s3AccessKey, s3Secret } = values
  if (storage.kind === 'disk') {
    return { kind: 'disk', dir: storage.dir ? resolve(storage.dir) : join(dataDir, 'blobs') }
  }
  const credentials =
    s3AccessKey && s3Secret ? { accessKeyId: s3AccessKey, secretAccessKey: s3Secret } : undefined
  return { ...storage, credentials }
}

/** The address as a browser on this machine would write it. */
function urlOf({ host, port }: Address): string {
  if (host === '0.0.0.0' || host === '::') return `http://localhost:${port}`
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'))

const foreignNames = /^STRONGROOM_(?:TEST_|BENCH_|CONFIG$|FROM_SOURCE$)/

function warningsOf(values: Values, env: Env): string[] {
  const { listen, publicUrl, adminPassword, serviceToken } = values
  const names = new Set(rows.flatMap(([, { name }]) => [name, `${name}_FILE`]))
  const warnings = Object.keys(env)
    .filter((name) => name.startsWith('STRONGROOM_'))
    .filter((name) => !names.has(name) && !foreignNames.test(name))
    .map((name) => `${name} is no setting and has no effect`)
  const open = !isLoopback(listen.host)
  if (open && (publicUrl ?? 'http:').startsWith('http:')) {
    warnings.push(
      'STRONGROOM_PUBLIC_URL is not https and STRONGROOM_LISTEN is open to the network: ' +
        'passwords and files travel unprotected unless a proxy adds TLS',
    )
  }
  if (adminPassword !== undefined && adminPassword.length < 12) {
    warnings.push('STRONGROOM_ADMIN_PASSWORD has fewer than 12 characters')
  }
  if (serviceToken !== undefined && serviceToken.length < 20) {
    warnings.push('STRONGROOM_SERVICE_TOKEN has fewer than 20 characters')
  }
  return warnings
}

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const part of Object.values(value)) freeze(part)
  }
  return value
}

const limitsOf = (values: Values): Config['limits'] => ({
  maxBodyBytes: values.maxBodyBytes,
  maxHeaderBytes: values.maxHeaderBytes,
  maxUploadBytes: values.maxUploadBytes,
  maxUploadParts: values.maxUploadParts,
  smallFileBytes: values.smallFileBytes,
  tenantQuotaBytes: values.tenantQuotaBytes,
  maxBulkItems: values.maxBulkItems,
  maxArchiveEntries: values.maxArchiveEntries,
  maxValueBytes: values.maxValueBytes,
  maxValues: values.maxValues,
  maxFeedback: values.maxFeedback,
  maxFeedbackLength: values.maxFeedbackLength,
  maxMailRecipients: values.maxMailRecipients,
  maxUserMails: values.maxUserMails,
  maxTextRecipients: values.maxTextRecipients,
  maxTextsPerDay: values.maxTextsPerDay,
  maxOpenTasks: values.maxOpenTasks,
  maxUserSockets: values.maxUserSockets,
  maxSocketMessageBytes: values.maxSocketMessageBytes,
  maxPathDepth: values.maxPathDepth,
  maxProfileBytes: values.maxProfileBytes,
  maxManifestItems: values.maxManifestItems,
  maxImportItems: values.maxImportItems,
})

function textsOf({ smsUrl, smsToken, smsFrom }: Values): Config['texts'] {
  if (smsUrl === undefined || smsToken === undefined || smsFrom === undefined) return undefined
  return { url: smsUrl, token: smsToken, from: smsFrom }
}

function arrange(values: Values): Omit<Config, 'warnings' | 'shown'> {
  const dataDir = resolve(values.data)
  return {
    listen: values.listen,
    publicUrl: values.publicUrl ?? urlOf(values.listen),
    publicUrlGiven: values.publicUrl !== undefined,
    trustProxy: values.trustProxy ?? [],
    dataDir,
    database: databaseOf(values.database, dataDir, values.databasePool),
    storage: storageOf(values, dataDir),
    admin: { login: values.adminLogin, password: values.adminPassword },
    serviceToken: values.serviceToken,
    secretKey: values.secretKey,
    mail:
      values.smtpUrl && values.mailFrom ? { ...values.smtpUrl, from: values.mailFrom } : undefined,
    texts: textsOf(values),
    imports: values.importHosts && {
      hosts: values.importHosts,
      networks: values.importNetworks ?? [],
    },
    log: { level: values.logLevel },
    limits: limitsOf(values),
    timeouts: {
      requestSeconds: values.requestTimeoutSeconds,
      idleSeconds: values.idleTimeoutSeconds,
    },
    lifetimes: {
      uploadSeconds: values.uploadTtlSeconds,
      downloadSeconds: values.downloadTtlSeconds,
      blobGraceSeconds: values.blobGraceSeconds,
      codeSeconds: values.codeSeconds,
      resetSeconds: values.resetSeconds,
      leaveDays: values.leaveDays,
    },
    logins: { maxFailures: values.loginMaxFailures, lockSeconds: values.loginLockSeconds },
    previews: {
      processes: values.previewProcesses,
      queue: values.previewQueue,
      seconds: values.previewSeconds,
      memoryBytes: values.previewMemory,
      maxPixels: values.previewMaxPixels,
      maxBytes: values.previewMaxBytes,
    },
  }
}

/**
 * The configuration from the environment and, below it, a JSON file (`STRONGROOM_CONFIG`).
 * An empty variable counts as absent. Throws ConfigError with every problem at once.
 */
export function loadConfig(env: Env, file = env.STRONGROOM_CONFIG): Config {
  const problems: string[] = []
  const sources = { env, file: file ? readConfigFile(file, problems) : {}, problems }
  const { values, shown } = readValues(sources)
  if ((values.s3AccessKey === undefined) !== (values.s3Secret === undefined)) {
    problems.push('STRONGROOM_S3_ACCESS_KEY and STRONGROOM_S3_SECRET belong together')
  }
  if ((values.smtpUrl === undefined) !== (values.mailFrom === undefined)) {
    problems.push('STRONGROOM_SMTP_URL and STRONGROOM_MAIL_FROM belong together')
  }
  const texts = [values.smsUrl, values.smsToken, values.smsFrom]
  if (texts.includes(undefined) && texts.some((value) => value !== undefined)) {
    problems.push(
      'STRONGROOM_SMS_URL, STRONGROOM_SMS_TOKEN and STRONGROOM_SMS_FROM belong together',
    )
  }
  // Without it a request could say what the links in mails point to.
  if (values.smtpUrl && values.publicUrl === undefined) {
    problems.push('STRONGROOM_SMTP_URL needs STRONGROOM_PUBLIC_URL, since mails hold links')
  }
  if (problems.length > 0) throw new ConfigError(problems)
  return freeze({ ...arrange(values), warnings: warningsOf(values, env), shown })
}

/** The same configuration with the port that port 0 became; the public URL follows it. */
export function withPort(config: Config, port: number): Config {
  const listen = { ...config.listen, port }
  const publicUrl = config.publicUrlGiven ? config.publicUrl : urlOf(listen)
  return freeze({ ...config, listen, publicUrl })
}

/** One line a setting, secrets masked, for people. */
export const printConfig = (config: Config): string =>
  config.shown.map(({ name, value, from }) => `${name}=${value} (${from})\n`).join('')
