import { may, type Setting, set } from './setting.ts'
import {
  address,
  bytes,
  databaseUrl,
  gatewayUrl,
  hostNames,
  mailSender,
  networks,
  oneOf,
  seconds,
  secret,
  smsSender,
  smtpUrl,
  storageUrl,
  text,
  webUrl,
  whole,
} from './setting-kinds.ts'

/** The settings of the server, in the order in which they are printed. */
export const settings = {
  listen: set('STRONGROOM_LISTEN', address, '127.0.0.1:8080', 'Address and port to listen on.'),
  publicUrl: may(
    'STRONGROOM_PUBLIC_URL',
    webUrl,
    'from the address',
    'Base of every link in answers and mails; another tenant has its own host name in it.',
  ),
  trustProxy: may(
    'STRONGROOM_TRUST_PROXY',
    networks,
    'none',
    'Proxies whose X-Forwarded headers are believed: addresses, networks, `loopback`.',
  ),
  data: set(
    'STRONGROOM_DATA',
    text,
    './data',
    'Directory of the SQLite file, the blobs and the generated keys.',
  ),
  database: set(
    'STRONGROOM_DATABASE_URL',
    databaseUrl,
    'sqlite:',
    'Database: `sqlite:` with a path or none (then in the data directory), or `postgres://…`.',
  ),
  databasePool: set(
    'STRONGROOM_DATABASE_POOL',
    whole({ min: 1, max: 1000 }),
    '10',
    'Connections to PostgreSQL that one process keeps at most, besides the one on which it hears ' +
      'what others commit.',
  ),
  storage: set(
    'STRONGROOM_STORAGE_URL',
    storageUrl,
    'file:',
    'Where bytes are kept: `file:` with a path or none (then in the data directory), or ' +
      '`s3://bucket/prefix?endpoint=…&publicEndpoint=…&region=…&pathStyle=true&direct=false`.',
  ),
  s3AccessKey: may(
    'STRONGROOM_S3_ACCESS_KEY',
    secret,
    '`AWS_ACCESS_KEY_ID`',
    'Access key of the S3 storage.',
  ),
  s3Secret: may(
    'STRONGROOM_S3_SECRET',
    secret,
    '`AWS_SECRET_ACCESS_KEY`',
    'Secret key of the S3 storage.',
  ),
  adminLogin: set(
    'STRONGROOM_ADMIN_LOGIN',
    text,
    'admin',
    'Login of the first administrator, made at the first start.',
  ),
  adminPassword: may(
    'STRONGROOM_ADMIN_PASSWORD',
    secret,
    'random, printed once',
    'Password of the first administrator.',
  ),
  serviceToken: may(
    'STRONGROOM_SERVICE_TOKEN',
    secret,
    'none, provisioning is off',
    'Token of the provisioning API (`X-Sds-Service-Token`).',
  ),
  secretKey: may(
    'STRONGROOM_SECRET_KEY',
    secret,
    'made at the first start, in the data directory',
    'Key behind signed addresses: 32 random bytes or more in base64 or hex; the same for every ' +
      'process of one installation.',
  ),
  smtpUrl: may(
    'STRONGROOM_SMTP_URL',
    smtpUrl,
    'none, no mail is sent',
    'Mail server: `smtp://user:password@host:587`, or `smtps://…` for TLS from the start. ' +
      '`?starttls=required`, `offered` or `never` says what `smtp:` does about TLS; by default ' +
      'it is required for a password, offered without one, never to this machine.',
  ),
  mailFrom: may(
    'STRONGROOM_MAIL_FROM',
    mailSender,
    'none',
    'Sender of mails: `name@host` or `Name <name@host>`.',
  ),
  smsUrl: may(
    'STRONGROOM_SMS_URL',
    gatewayUrl,
    'none, no text messages are sent',
    'Gateway for text messages: it gets `{"from", "to", "text"}` as JSON by POST.',
  ),
  smsToken: may(
    'STRONGROOM_SMS_TOKEN',
    secret,
    'none',
    'Token of the gateway, sent as `Authorization: Bearer …`.',
  ),
  smsFrom: may(
    'STRONGROOM_SMS_FROM',
    smsSender,
    'none',
    'Sender of text messages: a number with its country (`+49…`), or a name of eleven characters.',
  ),
  importHosts: may(
    'STRONGROOM_IMPORT_HOSTS',
    hostNames,
    'none, imports are off',
    'Servers that users may import from with a token: names such as `files.example.org`, ' +
      '`*.example.org`, or `*` for any; `:8443` or `:*` behind one where the port is not that of ' +
      'http or https.',
  ),
  importNetworks: may(
    'STRONGROOM_IMPORT_NETWORKS',
    networks,
    'none, only public addresses',
    'Networks that are not public and may be called for imports: addresses, networks, ' +
      '`loopback`, `uniquelocal`.',
  ),
  logLevel: set(
    'STRONGROOM_LOG_LEVEL',
    oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'),
    'info',
    'Least grave kind of line that is logged.',
  ),
  maxBodyBytes: set(
    'STRONGROOM_MAX_BODY_BYTES',
    bytes({ min: 1024, max: 2 ** 30 }),
    '1 MiB',
    'Largest JSON or form body.',
  ),
  maxHeaderBytes: set(
    'STRONGROOM_MAX_HEADER_BYTES',
    bytes({ min: 4096, max: 2 ** 20 }),
    '32 KiB',
    'Largest request line with its headers.',
  ),
  maxUploadBytes: set('STRONGROOM_MAX_UPLOAD_BYTES', bytes({ min: 1 }), '1 TiB', 'Largest file.'),
  maxUploadParts: set(
    'STRONGROOM_MAX_UPLOAD_PARTS',
    whole({ min: 1, max: 1_000_000 }),
    '100000',
    'Parts that one upload may have.',
  ),
  smallFileBytes: set(
    'STRONGROOM_SMALL_FILE_BYTES',
    bytes({ min: 0, max: 2 ** 20 }),
    '64 KiB',
    'Files up to this size have their bytes in the database.',
  ),
  tenantQuotaBytes: may(
    'STRONGROOM_TENANT_QUOTA_BYTES',
    bytes({ min: 0 }),
    'none',
    'Bytes that a tenant may hold when nothing else was agreed.',
  ),
  maxBulkItems: set(
    'STRONGROOM_MAX_BULK_ITEMS',
    whole({ min: 1, max: 100_000 }),
    '1000',
    'Items that one request may name.',
  ),
  maxArchiveEntries: set(
    'STRONGROOM_MAX_ARCHIVE_ENTRIES',
    whole({ min: 1, max: 10_000_000 }),
    '200000',
    'Files and folders that one archive may hold; each takes some 400 bytes of memory.',
  ),
  maxValueBytes: set(
    'STRONGROOM_MAX_VALUE_BYTES',
    bytes({ min: 1, max: 1024 ** 2 }),
    '64 KiB',
    'Bytes of one value that a program keeps under a key.',
  ),
  maxValues: set(
    'STRONGROOM_MAX_VALUES',
    whole({ min: 1, max: 1_000_000 }),
    '1000',
    'Keys under which one user, or the organisation, may keep values.',
  ),
  maxFeedback: set(
    'STRONGROOM_MAX_FEEDBACK',
    whole({ min: 1, max: 10_000 }),
    '100',
    'Texts to the administrators that are kept of one user; the oldest go.',
  ),
  maxFeedbackLength: set(
    'STRONGROOM_MAX_FEEDBACK_LENGTH',
    whole({ min: 1, max: 1_000_000 }),
    '10000',
    'Characters that one such text may have.',
  ),
  maxMailRecipients: set(
    'STRONGROOM_MAX_MAIL_RECIPIENTS',
    whole({ min: 1, max: 10_000 }),
    '100',
    'People to whom one request may send mail.',
  ),
  maxUserMails: set(
    'STRONGROOM_MAX_USER_MAILS',
    whole({ min: 1, max: 1_000_000 }),
    '500',
    'Mails with links and invitations that one user may cause before he pauses for ' +
      '`STRONGROOM_LOGIN_LOCK_SECONDS`; who administers users may cause more.',
  ),
  maxTextRecipients: set(
    'STRONGROOM_MAX_TEXT_RECIPIENTS',
    whole({ min: 1, max: 1000 }),
    '10',
    'Telephone numbers to which one request may send text messages.',
  ),
  maxTextsPerDay: set(
    'STRONGROOM_MAX_TEXTS_PER_DAY',
    whole({ min: 1, max: 100_000 }),
    '50',
    'Text messages that one account may cause on one day (UTC): so many codes, and as many with ' +
      'passwords of links.',
  ),
  maxUserSockets: set(
    'STRONGROOM_MAX_USER_SOCKETS',
    whole({ min: 1, max: 100_000 }),
    '20',
    'Web sockets that one user may have open in one process.',
  ),
  maxSocketMessageBytes: set(
    'STRONGROOM_MAX_SOCKET_MESSAGE_BYTES',
    bytes({ min: 125, max: 2 ** 24 }),
    '64 KiB',
    'Largest message that a web socket takes.',
  ),
  maxOpenTasks: set(
    'STRONGROOM_MAX_OPEN_TASKS',
    whole({ min: 1, max: 10_000 }),
    '50',
    'Background tasks of one user that may wait or run at a time.',
  ),
  maxPathDepth: set(
    'STRONGROOM_MAX_PATH_DEPTH',
    whole({ min: 1, max: 1000 }),
    '128',
    'Names that a path may have, from the top room to the file.',
  ),
  requestTimeoutSeconds: set(
    'STRONGROOM_REQUEST_TIMEOUT_SECONDS',
    seconds({ min: 1, max: 3600 }),
    '60',
    'Time in which headers and a JSON or form body must have come.',
  ),
  idleTimeoutSeconds: set(
    'STRONGROOM_IDLE_TIMEOUT_SECONDS',
    seconds({ min: 1, max: 3600 }),
    '60',
    'Time after which a transfer that makes no progress is ended.',
  ),
  uploadTtlSeconds: set(
    'STRONGROOM_UPLOAD_TTL_SECONDS',
    seconds({ min: 60 }),
    '86400',
    'Time after its last part in which an upload must be completed.',
  ),
  downloadTtlSeconds: set(
    'STRONGROOM_DOWNLOAD_TTL_SECONDS',
    seconds({ min: 1 }),
    '3600',
    'Time in which a download address can be used.',
  ),
  blobGraceSeconds: set(
    'STRONGROOM_BLOB_GRACE_SECONDS',
    seconds({ min: 0 }),
    '3600',
    'Age at which bytes that no file refers to are removed.',
  ),
  codeSeconds: set(
    'STRONGROOM_CODE_SECONDS',
    seconds({ min: 30, max: 3600 }),
    '600',
    'Time in which a one-time code can be used, and in which a sign-in counts as recent.',
  ),
  resetSeconds: set(
    'STRONGROOM_RESET_SECONDS',
    seconds({ min: 60, max: 7 * 86_400 }),
    '3600',
    'Time in which a mailed link sets a new password or confirms an address.',
  ),
  leaveDays: set(
    'STRONGROOM_LEAVE_DAYS',
    whole({ min: 1, max: 3650 }),
    '30',
    'Days after which an account that its user deleted is removed; until then he can come back.',
  ),
  maxProfileBytes: set(
    'STRONGROOM_MAX_PROFILE_BYTES',
    bytes({ min: 1024, max: 2 ** 20 }),
    '64 KiB',
    'Profile details, and settings of his programs, that a user can keep.',
  ),
  maxManifestItems: set(
    'STRONGROOM_MAX_MANIFEST_ITEMS',
    whole({ min: 1, max: 1_000_000 }),
    '10000',
    'Files and folders that one listing of all below a home or folder may hold.',
  ),
  previewProcesses: set(
    'STRONGROOM_PREVIEW_PROCESSES',
    whole({ min: 0, max: 64 }),
    '2',
    'Processes that make previews of files at once; with 0 none are made.',
  ),
  previewQueue: set(
    'STRONGROOM_PREVIEW_QUEUE',
    whole({ min: 0, max: 10_000 }),
    '100',
    'Previews that may wait for such a process; more are refused for the moment.',
  ),
  previewSeconds: set(
    'STRONGROOM_PREVIEW_SECONDS',
    seconds({ min: 1, max: 600 }),
    '20',
    'Time for making one preview; as long it may wait before.',
  ),
  previewMemory: set(
    'STRONGROOM_PREVIEW_MEMORY',
    bytes({ min: 256 * 2 ** 20, max: 64 * 2 ** 30 }),
    '512 MiB',
    'Memory that the making of one preview may take (Linux).',
  ),
  previewMaxPixels: set(
    'STRONGROOM_PREVIEW_MAX_PIXELS',
    whole({ min: 1_000_000, max: 1_000_000_000 }),
    '100000000',
    'Pixels of the largest picture of which a preview is made.',
  ),
  previewMaxBytes: set(
    'STRONGROOM_PREVIEW_MAX_BYTES',
    bytes({ min: 1 }),
    '256 MiB',
    'The largest file of which a preview is made.',
  ),
  maxImportItems: set(
    'STRONGROOM_MAX_IMPORT_ITEMS',
    whole({ min: 1, max: 100_000_000 }),
    '1000000',
    'Files and folders that one import may bring.',
  ),
  loginMaxFailures: set(
    'STRONGROOM_LOGIN_MAX_FAILURES',
    whole({ min: 1, max: 1000 }),
    '10',
    'Wrong passwords in a row that lock an account.',
  ),
  loginLockSeconds: set(
    'STRONGROOM_LOGIN_LOCK_SECONDS',
    seconds({ min: 1 }),
    '1800',
    'Time for which a locked account stays locked.',
  ),
}

export type Settings = typeof settings
export type SettingKey = keyof Settings

/** The value of each setting: `undefined` only where the table has no default. */
export type Values = {
  [K in SettingKey]:
    | ReturnType<Settings[K]['kind']['read']>
    | (Settings[K] extends { fallback: string } ? never : undefined)
}

/** How a default reads in print. */
export const defaultOf = (setting: Setting<unknown>): string =>
  setting.said ?? `\`${setting.fallback ?? ''}\``
