import { isIP } from 'node:net'

/** Reads the text of a setting; throws an Error whose message ends a sentence about its name. */
export type Kind<T> = { type: string; read: (text: string) => T }

const refuse = (message: string): never => {
  throw new Error(message)
}

const units: Record<string, number> = {
  '': 1,
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
}

type Range = { min: number; max?: number }

function within(value: number, { min, max = Number.MAX_SAFE_INTEGER }: Range): number {
  if (!Number.isSafeInteger(value)) refuse('must be a whole number')
  if (value < min) refuse(`must be at least ${min}`)
  if (value > max) refuse(`must be at most ${max}`)
  return value
}

export const text: Kind<string> = { type: 'text', read: (value) => value }

/** A text that is never printed. */
export const secret: Kind<string> = { type: 'secret', read: (value) => value }

export const whole = (range: Range): Kind<number> => ({
  type: 'number',
  read: (value) => {
    if (!/^\d+$/.test(value)) refuse('must be a whole number')
    return within(Number(value), range)
  },
})

/** Seconds as a whole number. */
export const seconds = (range: Range): Kind<number> => ({ ...whole(range), type: 'seconds' })

/** Bytes, with a unit where one is wanted: `65536`, `10 MB`, `1 GiB`. */
export const bytes = (range: Range): Kind<number> => ({
  type: 'bytes',
  read: (value) => {
    const match = /^(\d+(?:\.\d+)?) ?([a-z]*)$/i.exec(value)
    const unit = units[match?.[2]?.toLowerCase() ?? '']
    if (!match || unit === undefined) refuse("must be a size such as '65536', '10 MB' or '1 GiB'")
    return within(Math.round(Number(match![1]) * unit!), range)
  },
})

export const oneOf = <const W extends string>(...words: W[]): Kind<W> => ({
  type: words.join(', '),
  read: (value) =>
    words.find((word) => word === value) ?? refuse(`must be one of ${words.join(', ')}`),
})

/** An address to listen on; port 0 takes any free one. */
export type Address = { host: string; port: number }

export const address: Kind<Address> = {
  type: 'address:port',
  read: (value) => {
    const match = /^(?:\[([^\]]+)\]|([^:[\]]*)):(\d{1,5})$/.exec(value)
    const port = Number(match?.[3])
    if (!match || port > 65535) refuse("must be 'address:port', such as '127.0.0.1:8080'")
    if (match?.[1] && isIP(match[1]) !== 6) refuse('has no IPv6 address between its brackets')
    return { host: match![1] ?? (match![2] || '0.0.0.0'), port }
  },
}

function parseUrl(value: string, example: string): URL {
  if (!URL.canParse(value)) refuse(`must be a URL such as '${example}'`)
  return new URL(value)
}

/** An http or https address without query, fragment, credentials or closing slash. */
export const webUrl: Kind<string> = {
  type: 'URL',
  read: (value) => {
    const url = parseUrl(value, 'https://files.example.org')
    if (url.protocol !== 'http:' && url.protocol !== 'https:') refuse('must begin with http(s)://')
    if (url.search || url.hash) refuse('must have no query and no fragment')
    if (url.username || url.password) refuse('must hold no user name and no password')
    return url.href.replace(/\/+$/, '')
  },
}

/** `file` is a path, or empty for the place in the data directory. */
export type DatabaseUrl = { engine: 'sqlite'; file: string } | { engine: 'postgres'; url: string }

export const databaseUrl: Kind<DatabaseUrl> = {
  type: 'sqlite: or postgres: URL',
  read: (value) => {
    if (value.startsWith('sqlite:')) {
      const file = value.slice('sqlite:'.length).replace(/^\/\/(?=\/)/, '')
      if (file.startsWith(':'))
        refuse('must name a file; a database in memory would lose everything')
      return { engine: 'sqlite', file }
    }
    const url = parseUrl(value, 'postgres://user@host:5432/strongroom')
    if (!['postgres:', 'postgresql:'].includes(url.protocol)) {
      refuse("must begin with 'sqlite:' or 'postgres://'")
    }
    if (url.pathname.length < 2) refuse('must name a database, as in postgres://host/strongroom')
    return { engine: 'postgres', url: value }
  },
}

/** `dir` is a path, or empty for the place in the data directory; `prefix` begins every S3 key. */
export type StorageUrl =
  | { kind: 'disk'; dir: string }
  | {
      kind: 's3'
      bucket: string
      prefix: string
      endpoint: string | undefined
      /** The endpoint as clients see it, in the addresses that they are given. */
      publicEndpoint: string | undefined
      region: string
      pathStyle: boolean
      /** Whether clients may send parts to the store themselves. */
      direct: boolean
    }

const s3Words = ['endpoint', 'publicEndpoint', 'region', 'pathStyle', 'direct']

function s3Url(value: string): StorageUrl {
  const url = parseUrl(value, 's3://bucket?endpoint=https://s3.example.org&region=eu-1')
  if (url.username || url.password) {
    refuse('must hold no keys; they have settings of their own')
  }
  const unknown = [...url.searchParams.keys()].find((word) => !s3Words.includes(word))
  if (unknown !== undefined) refuse(`has '${unknown}'; it may have ${s3Words.join(', ')}`)
  const bucket = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?=[/?]|$)/.exec(value)?.[1]
  if (bucket === undefined) refuse('must name a bucket, as in s3://strongroom')
  const endpoint = url.searchParams.get('endpoint') ?? undefined
  const publicEndpoint = url.searchParams.get('publicEndpoint') ?? undefined
  const pathStyle = url.searchParams.get('pathStyle') ?? (endpoint ? 'true' : 'false')
  if (pathStyle !== 'true' && pathStyle !== 'false') refuse("has a pathStyle not 'true' or 'false'")
  const direct = url.searchParams.get('direct') ?? 'true'
  if (direct !== 'true' && direct !== 'false') refuse("has a direct not 'true' or 'false'")
  const path = url.pathname.replace(/^\/+|\/+$/g, '')
  return {
    kind: 's3',
    bucket: bucket!,
    prefix: path === '' ? '' : `${path}/`,
    endpoint: endpoint === undefined ? undefined : webUrl.read(endpoint),
    publicEndpoint: publicEndpoint === undefined ? undefined : webUrl.read(publicEndpoint),
    region: url.searchParams.get('region') ?? 'us-east-1',
    pathStyle: pathStyle === 'true',
    direct: direct === 'true',
  }
}

export const storageUrl: Kind<StorageUrl> = {
  type: 'file: or s3: URL',
  read: (value) => {
    if (value.startsWith('s3://')) return s3Url(value)
    if (!value.startsWith('file:')) refuse("must begin with 'file:' or 's3://'")
    return { kind: 'disk', dir: value.slice('file:'.length).replace(/^\/\/(?=\/)/, '') }
  },
}

/** A mail server, and what is done about STARTTLS where TLS does not come first. */
export type SmtpUrl = {
  host: string
  port: number
  isSecure: boolean
  startTls: 'required' | 'offered' | 'never'
  user: string | undefined
  password: string | undefined
}

const localHosts = /^(?:localhost|127\.\d+\.\d+\.\d+|::1)$/

export const smtpUrl: Kind<SmtpUrl> = {
  type: 'smtp: or smtps: URL',
  read: (value) => {
    const url = parseUrl(value, 'smtp://user:password@mail.example.org:587')
    if (url.protocol !== 'smtp:' && url.protocol !== 'smtps:') {
      refuse("must begin with 'smtp://' or 'smtps://'")
    }
    if (url.hostname === '' || (url.pathname !== '' && url.pathname !== '/') || url.hash) {
      refuse('must name a server and nothing behind it, as in smtp://mail.example.org:587')
    }
    const unknown = [...url.searchParams.keys()].find((word) => word !== 'starttls')
    if (unknown !== undefined) refuse(`has '${unknown}'; it may have starttls`)
    const isSecure = url.protocol === 'smtps:'
    const host = url.hostname.replace(/^\[|\]$/g, '')
    const usual = localHosts.test(host) ? 'never' : url.username ? 'required' : 'offered'
    const startTls = url.searchParams.get('starttls') ?? usual
    if (startTls !== 'required' && startTls !== 'offered' && startTls !== 'never') {
      refuse("has a starttls not 'required', 'offered' or 'never'")
    }
    return {
      host,
      port: url.port === '' ? (isSecure ? 465 : 587) : Number(url.port),
      isSecure,
      startTls: startTls as SmtpUrl['startTls'],
      user: url.username === '' ? undefined : decoded(url.username),
      password: url.password === '' ? undefined : decoded(url.password),
    }
  },
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return refuse('has a user name or password that is not well percent-encoded')
  }
}

const mailAddress = /^[^\s@<>"(),:;\\]+@[^\s@<>"(),:;\\]+$/

/** `files@example.org`, or `Files <files@example.org>`. */
export const mailSender: Kind<string> = {
  type: 'mail address',
  read: (value) => {
    const [, named] = /^[^<>"@\p{Cc}]{1,100} <([^<>]+)>$/u.exec(value) ?? []
    if (!mailAddress.test(named ?? value)) refuse("must be 'name@host' or 'Name <name@host>'")
    return value
  },
}

/** Where text messages are handed over; a token goes there, so only to this machine without TLS. */
export const gatewayUrl: Kind<string> = {
  type: 'URL',
  read: (value) => {
    const url = parseUrl(value, 'https://sms.example.org/v1/messages')
    const host = url.hostname.replace(/^\[|\]$/g, '')
    const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && localHosts.test(host))
    if (!isSafe) refuse("must begin with 'https://', or 'http://' on this machine")
    if (url.username || url.password || url.hash) {
      refuse('must hold no user name, no password and no fragment')
    }
    return url.href
  },
}

/** A number in E.164 form, or the name that phones show instead of one. */
export const smsSender: Kind<string> = {
  type: 'sender',
  read: (value) => {
    const isOne = /^\+[1-9]\d{6,14}$/.test(value) || /^[A-Za-z0-9 ._-]{1,11}$/.test(value)
    if (!isOne) refuse("must be a number such as '+491701234567' or a name of eleven characters")
    return value
  },
}

/** A server by name, with `*.` before or `*` for any, and a port where it is not the usual one. */
export type HostName = { host: string; port: number | '*' | null }

const hostForm =
  /^(\*|(?:\*\.)?[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::(\d{1,5}|\*))?$/

/** Names of servers, separated by commas. */
export const hostNames: Kind<HostName[]> = {
  type: 'host names',
  read: (value) =>
    value.split(',').map((word) => {
      const [, host = '', port] = hostForm.exec(word.trim().toLowerCase()) ?? []
      const isPort = port === undefined || port === '*' || Number(port) <= 65535
      if (host === '' || !isPort) refuse(`has '${word.trim()}', which is no host name`)
      return { host, port: port === undefined || port === '*' ? (port ?? null) : Number(port) }
    }),
}

function isNetwork(word: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(word)) return true
  const [ip = '', bits, ...rest] = word.split('/')
  const most = isIP(ip) === 4 ? 32 : 128
  if (isIP(ip) === 0 || rest.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most)
}

/** Addresses and networks, separated by commas. */
export const networks: Kind<string[]> = {
  type: 'addresses',
  read: (value) => {
    const words = value.split(',').map((word) => word.trim())
    const wrong = words.find((word) => !isNetwork(word))
    if (wrong !== undefined) refuse(`has '${wrong}', which is no address and no network`)
    return words
  },
}
