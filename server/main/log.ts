import { type DestinationStream, destination, type Logger, pino, stdSerializers } from 'pino'
import { redacted, redactUrl } from './redact-url.ts'
import { sourceStack } from './source-stack.ts'

export type Log = Logger

/** What is logged about one request; `ms` is its duration. */
export type RequestFacts = {
  requestId: string
  method: string
  url: string
  /** The operation's name, such as `dracoon.createFolder`; absent for an address nobody serves. */
  operation?: string | undefined
  status: number
  ms: number
  bytes?: number | undefined
  userId?: number | undefined
  remote?: string | undefined
}

const secrets = [
  'authorization',
  'cookie',
  'password',
  'passwd',
  'token',
  'secret',
  'secretKey',
  'accessKey',
  'accessToken',
  'refreshToken',
  'access_token',
  'refresh_token',
  'privateKey',
]
const headers = ['set-cookie', 'x-sds-auth-token', 'x-sds-service-token', 'mountbit-auth']
const more = ['x-param-regsid', 'x-param-mfs-token', 'proxy-authorization']
const names = [...secrets, ...[...headers, ...more].map((name) => `["${name}"]`)]
const below = (prefix: string): string[] =>
  names.map((name) => (name.startsWith('[') ? `${prefix}${name}` : `${prefix}.${name}`))

/** An error with the stack of the sources, also where a bundle runs. */
function showError(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const shown = stdSerializers.err(error)
  return { ...shown, stack: sourceStack(shown.stack) }
}

/** A request of Node or Fastify as it may be logged: no headers, no secrets in the URL. */
const showRequest = ({ method, url }: { method?: string; url?: string }): unknown => ({
  method,
  url: url === undefined ? undefined : redactUrl(url),
})

/**
 * A log of JSON lines on standard output (or `stream`), written beside the work: lines wait only
 * while others are being written, and pino writes the rest when the process exits. Fields that hold
 * secrets are replaced at the top, in an object one level below, and in `headers`.
 */
export function openLog(options: { level: string; stream?: DestinationStream }): Log {
  return pino(
    {
      level: options.level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: [...names, ...below('*'), ...below('*.headers')], censor: redacted },
      serializers: { err: showError, error: showError, req: showRequest },
    },
    options.stream ?? destination({ dest: 1, sync: false }),
  )
}

/** Logs a finished request: an error from status 500 on, otherwise information. */
export function logRequest(log: Log, facts: RequestFacts): void {
  if (!log.isLevelEnabled(facts.status >= 500 ? 'error' : 'info')) return
  const { url, ms, ...rest } = facts
  const line = { ...rest, url: redactUrl(url), ms: Math.round(ms * 10) / 10 }
  if (facts.status >= 500) log.error(line, 'request')
  else log.info(line, 'request')
}
