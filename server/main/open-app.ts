import { join } from 'node:path'
import { diskBlobs } from '../adapters/blobs/disk.ts'
import { s3Blobs } from '../adapters/blobs/s3.ts'
import { workerHasher } from '../adapters/hashing/workers.ts'
import { drumeeSources } from '../adapters/imports/drumee.ts'
import { smtpMailer } from '../adapters/mail/smtp.ts'
import { hasPictureLibrary, processPreviewer } from '../adapters/previews/process-previewer.ts'
import { openSecrets } from '../adapters/secrets/secrets.ts'
import type { Engine, EngineOptions } from '../adapters/sql/engine.ts'
import { type OpenStore, openStore } from '../adapters/sql/open-store.ts'
import type { Database } from '../adapters/sql/schema.ts'
import { gatewayTexter } from '../adapters/texts/gateway.ts'
import type { BlobStore } from '../core/blobs/blob-store.ts'
import type { App, Limits } from '../core/ctx.ts'
import { memoryPageMarks } from '../core/nodes/memory-page-marks.ts'
import type { Previewer } from '../core/previews/previewer.ts'
import type { Config, Storage } from './config.ts'
import { type Keys, loadKeys } from './keys.ts'
import type { Log } from './log.ts'
import type { EngineStats } from './metrics.ts'

export type OpenApp = {
  readonly app: App
  /** For what lies below the stores: a backup, counting rows. */
  readonly engine: Engine<Database>
  readonly engineStats: () => EngineStats
  /** What keeps the process from serving, each with the reason; empty when it can. */
  ready(): Promise<string[]>
  close(): Promise<void>
}

export type OpenOptions = {
  /** A server holds a SQLite directory alone; a tool may join it. */
  readonly role?: 'server' | 'tool'
  /** Told lines about long work, such as migrations. */
  readonly onProgress?: (line: string) => void
  /** Told once when the database refuses everything from now on. */
  readonly onFault?: (error: Error) => void
}

/** Opens database, byte store, hasher and keys as the configuration says. */
export async function openApp(
  config: Config,
  log: Log,
  options: OpenOptions = {},
): Promise<OpenApp> {
  const keys = loadKeys({ dataDir: config.dataDir, secretKey: config.secretKey })
  const opened = await openStore({
    ...databaseOptions(config),
    role: options.role ?? 'server',
    onWarning: (message) => log.warn({}, message),
    onFault: options.onFault ?? (() => undefined),
    onProgress: ({ name, number, of, state }) => {
      if (state === 'started')
        options.onProgress?.(`Preparing the database: ${name} (${number} of ${of})`)
    },
  })
  const previewer = options.role === 'tool' ? null : openPreviewer(config, log)
  return appOn(config, log, keys, { ...opened, previewer })
}

/** The app over a database that is open; `close` of the answer closes that too. */
export function appOn(
  config: Config,
  log: Log,
  keys: Keys,
  { store, engine, close, previewer = null }: OpenStore & { previewer?: Previewer | null },
): OpenApp {
  const blobs = openBlobStore(config.storage)
  const hasher = workerHasher()
  const app: App = {
    store,
    blobs,
    hasher,
    secrets: openSecrets(keys.derive('secrets')),
    limits: limitsOf(config),
    pageMarks: memoryPageMarks(),
    log,
    mailer: config.mail === undefined ? null : smtpMailer(config.mail),
    texter: config.texts === undefined ? null : gatewayTexter(config.texts),
    previewer,
    imports: config.imports === undefined ? null : drumeeSources(config.imports),
    clock: Date.now,
  }
  return {
    app,
    engine,
    engineStats: () => engine.stats(),
    ready: () => problemsOf(app),
    close: async () => {
      app.mailer?.close()
      await app.previewer?.close()
      await hasher.close()
      await close()
      await blobs.close()
    },
  }
}

/** null where none are wanted, or the library for them is not installed. */
function openPreviewer({ previews, dataDir }: Config, log: Log): Previewer | null {
  if (previews.processes === 0 || !hasPictureLibrary()) return null
  const path = process.env.PATH ?? ''
  return processPreviewer({ ...previews, folder: join(dataDir, 'previews'), path, log })
}

/** How the configured database is opened. */
export function databaseOptions(config: Config): Pick<EngineOptions, 'url' | 'postgres'> {
  const { database } = config
  if (database.engine === 'sqlite') return { url: `sqlite:${database.file}` }
  const writers = Math.max(1, Math.floor(database.pool / 2))
  return { url: database.url, postgres: { writers, readers: Math.max(1, database.pool - writers) } }
}

/** The configured byte store; nothing is touched yet. */
export function openBlobStore(storage: Storage): BlobStore {
  if (storage.kind === 'disk') return diskBlobs({ root: storage.dir })
  const { credentials } = storage
  // The SDK writes into the credentials that it is given, and a configuration is frozen.
  const blobs = s3Blobs({ ...storage, credentials: credentials && { ...credentials } })
  if (storage.direct) return blobs
  const { direct: _, ...throughUs } = blobs
  return throughUs
}

function limitsOf({ limits, lifetimes, logins }: Config): Limits {
  return {
    smallFileBytes: limits.smallFileBytes,
    uploadBytes: limits.maxUploadBytes,
    uploadParts: limits.maxUploadParts,
    uploadTtlSeconds: lifetimes.uploadSeconds,
    downloadTtlSeconds: lifetimes.downloadSeconds,
    blobGraceSeconds: lifetimes.blobGraceSeconds,
    bulkItems: limits.maxBulkItems,
    archiveEntries: limits.maxArchiveEntries,
    mailRecipients: limits.maxMailRecipients,
    userMails: limits.maxUserMails,
    textRecipients: limits.maxTextRecipients,
    textsPerDay: limits.maxTextsPerDay,
    openTasks: limits.maxOpenTasks,
    pathDepth: limits.maxPathDepth,
    pageItems: 500,
    valueBytes: limits.maxValueBytes,
    valuesPerOwner: limits.maxValues,
    feedback: limits.maxFeedback,
    feedbackLength: limits.maxFeedbackLength,
    loginFailures: logins.maxFailures,
    loginLockSeconds: logins.lockSeconds,
    accessTokenSeconds: 8 * 3600,
    refreshTokenSeconds: 30 * 86_400,
    cookieSessionSeconds: 30 * 86_400,
    codeSeconds: lifetimes.codeSeconds,
    resetSeconds: lifetimes.resetSeconds,
    leaveSeconds: lifetimes.leaveDays * 86_400,
    profileBytes: limits.maxProfileBytes,
    manifestItems: limits.maxManifestItems,
    importItems: limits.maxImportItems,
  }
}

async function problemsOf(app: App): Promise<string[]> {
  const checks = [
    ['database', app.store.tenants.ping()],
    ['storage', app.blobs.check()],
  ] as const
  const results = await Promise.allSettled(checks.map(([, check]) => check))
  return results.flatMap((result, index) =>
    result.status === 'fulfilled' ? [] : [`${checks[index]?.[0]}: ${messageOf(result.reason)}`],
  )
}

function messageOf(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason)
}
