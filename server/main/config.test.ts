import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { configPage } from '../../tools/config-doc.ts'
import { ConfigError, loadConfig, printConfig, withPort } from './config.ts'
import { settings } from './settings.ts'

/** The problems that these variables are refused with. */
function problemsOf(env: Record<string, string>): string[] {
  try {
    loadConfig(env)
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
  return []
}

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'config-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

describe('defaults', () => {
  it('serve one machine, closed to the network', () => {
    const config = loadConfig({})
    expect(config.listen).toEqual({ host: '127.0.0.1', port: 8080 })
    expect(config.publicUrl).toBe('http://127.0.0.1:8080')
    expect(config.dataDir).toBe(resolve('data'))
    expect(config.database).toEqual({ engine: 'sqlite', file: resolve('data/strongroom.db') })
    expect(config.storage).toEqual({ kind: 'disk', dir: resolve('data/blobs') })
    expect(config.admin).toEqual({ login: 'admin', password: undefined })
    expect(config.serviceToken).toBeUndefined()
    expect(config.limits.maxBodyBytes).toBe(2 ** 20)
    expect(config.limits.maxUploadBytes).toBe(2 ** 40)
    expect(config.limits.smallFileBytes).toBe(65536)
    expect(config.limits.tenantQuotaBytes).toBeUndefined()
    expect(config.warnings).toEqual([])
  })

  it('are frozen through and through', () => {
    const config = loadConfig({})
    expect(Object.isFrozen(config)).toBe(true)
    expect(Object.isFrozen(config.limits)).toBe(true)
    expect(Object.isFrozen(config.listen)).toBe(true)
    expect(Object.isFrozen(config.shown[0])).toBe(true)
  })

  it('treat an empty variable as absent', () => {
    expect(loadConfig({ STRONGROOM_LISTEN: '' }).listen.port).toBe(8080)
  })
})

describe('sources', () => {
  it('prefer the environment to the file', () => {
    const path = file('a.json', '{"STRONGROOM_LISTEN":"0.0.0.0:1","STRONGROOM_DATABASE_POOL":7}')
    const env = { STRONGROOM_CONFIG: path, STRONGROOM_LISTEN: '127.0.0.1:2' }
    const url = 'postgres://u:sesame@db/strongroom'
    const config = loadConfig({ ...env, STRONGROOM_DATABASE_URL: url })
    expect(config.listen.port).toBe(2)
    expect(config.database).toEqual({ engine: 'postgres', url, pool: 7 })
    expect(printConfig(config)).toContain('STRONGROOM_DATABASE_POOL=7 (file)\n')
    expect(printConfig(config)).toContain(
      'STRONGROOM_DATABASE_URL=postgres://u:***@db/strongroom (environment)\n',
    )
  })

  it('take secrets from files and never show them', () => {
    const config = loadConfig({
      STRONGROOM_SERVICE_TOKEN_FILE: file('token', 'a-long-service-token\n'),
      STRONGROOM_ADMIN_PASSWORD: 'correct horse',
    })
    expect(config.serviceToken).toBe('a-long-service-token')
    expect(printConfig(config)).toContain('STRONGROOM_ADMIN_PASSWORD=*** (environment)\n')
    expect(printConfig(config)).not.toMatch(/a-long-service-token|correct horse/)
    expect(config.warnings).toEqual([])
  })

  it('take the usual names of S3 keys', () => {
    const s3 = { STRONGROOM_STORAGE_URL: 's3://rooms/a/b?endpoint=http://127.0.0.1:9000&region=eu' }
    const keys = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret' }
    const storage = {
      kind: 's3',
      bucket: 'rooms',
      prefix: 'a/b/',
      endpoint: 'http://127.0.0.1:9000',
      region: 'eu',
      pathStyle: true,
      direct: true,
    }
    const credentials = { accessKeyId: 'id', secretAccessKey: 'secret' }
    expect(loadConfig({ ...s3, ...keys }).storage).toEqual({ ...storage, credentials })
    const plain = loadConfig({ STRONGROOM_STORAGE_URL: 's3://rooms' }).storage
    expect(plain).toEqual({
      ...{ ...storage, prefix: '', endpoint: undefined, region: 'us-east-1', pathStyle: false },
      credentials: undefined,
    })
  })
})

describe('imports', () => {
  it('are off until servers are named', () => {
    expect(loadConfig({}).imports).toBeUndefined()
    const env = { STRONGROOM_IMPORT_HOSTS: 'A.test, *.b.test:8443, *, [::1]:*' }
    expect(loadConfig(env).imports).toEqual({
      hosts: [
        { host: 'a.test', port: null },
        { host: '*.b.test', port: 8443 },
        { host: '*', port: null },
        { host: '[::1]', port: '*' },
      ],
      networks: [],
    })
  })
})

describe('refusals', () => {
  it.each([
    ['STRONGROOM_LISTEN', '8080', /must be 'address:port'/],
    ['STRONGROOM_LISTEN', '127.0.0.1:70000', /must be 'address:port'/],
    ['STRONGROOM_LISTEN', '[here]:80', /no IPv6/],
    ['STRONGROOM_PUBLIC_URL', 'files.example.org', /must be a URL/],
    ['STRONGROOM_PUBLIC_URL', 'ftp://files.example.org', /http/],
    ['STRONGROOM_PUBLIC_URL', 'https://a.org/?b', /no query/],
    ['STRONGROOM_DATABASE_URL', 'mysql://a/b', /must begin with/],
    ['STRONGROOM_DATABASE_URL', 'sqlite::memory:', /lose everything/],
    ['STRONGROOM_DATABASE_URL', 'postgres://host', /must name a database/],
    ['STRONGROOM_STORAGE_URL', '/data', /must begin with/],
    ['STRONGROOM_STORAGE_URL', 's3://key:secret@bucket', /must hold no keys/],
    ['STRONGROOM_STORAGE_URL', 's3://bucket?regoin=eu', /has 'regoin'/],
    ['STRONGROOM_STORAGE_URL', 's3://B', /must name a bucket/],
    ['STRONGROOM_MAX_BODY_BYTES', '1 MiX', /must be a size/],
    ['STRONGROOM_MAX_BODY_BYTES', '1', /at least 1024/],
    ['STRONGROOM_MAX_UPLOAD_PARTS', '1.5', /whole number/],
    ['STRONGROOM_IDLE_TIMEOUT_SECONDS', '0', /at least 1/],
    ['STRONGROOM_LOG_LEVEL', 'loud', /must be one of/],
    ['STRONGROOM_TRUST_PROXY', 'loopback, 10.0.0.0/33', /has '10.0.0.0\/33'/],
    ['STRONGROOM_IMPORT_HOSTS', 'a.test, https://b.test', /has 'https:\/\/b.test'/],
    ['STRONGROOM_IMPORT_HOSTS', 'a.test:99999', /no host name/],
    ['STRONGROOM_CONFIG', '/nowhere/a.json', /cannot be read/],
    ['STRONGROOM_SECRET_KEY_FILE', '/nowhere/key', /cannot be read/],
    ['STRONGROOM_S3_SECRET', 'x', /belong together/],
  ])('%s=%s', (name, value, want) => {
    const problems = problemsOf({ [name]: value })
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(want)
    expect(problems[0]).toContain(name.replace('_FILE', ''))
  })

  it('name every problem at once', () => {
    const path = file('b.json', '{"STRONGROOM_LISTEM":"x","STRONGROOM_DATA":{}}')
    expect(problemsOf({ STRONGROOM_CONFIG: path, STRONGROOM_LISTEN: 'x' })).toHaveLength(3)
    expect(problemsOf({ STRONGROOM_CONFIG: file('c.json', '[]') })).toHaveLength(1)
  })
})

describe('warnings', () => {
  it.each([
    [{ STRONGROOM_LISTEN: '0.0.0.0:80' }, /travel unprotected/],
    [{ STRONGROOM_LISTEM: 'x' }, /STRONGROOM_LISTEM is no setting/],
    [{ STRONGROOM_ADMIN_PASSWORD: 'short' }, /ADMIN_PASSWORD/],
    [{ STRONGROOM_SERVICE_TOKEN: 'short' }, /SERVICE_TOKEN/],
  ])('%o', (env, want) => {
    const { warnings } = loadConfig(env as Record<string, string>)
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toMatch(want)
  })

  it('are not needed behind https', () => {
    const env = {
      STRONGROOM_LISTEN: '[::]:80',
      STRONGROOM_PUBLIC_URL: 'https://files.example.org/',
    }
    const config = loadConfig(env)
    expect(config.warnings).toEqual([])
    expect(config.publicUrl).toBe('https://files.example.org')
    expect(withPort(config, 81).publicUrl).toBe('https://files.example.org')
  })
})

describe('the real port', () => {
  it('replaces port 0 in the address and the public URL', () => {
    const config = withPort(loadConfig({ STRONGROOM_LISTEN: '[::1]:0' }), 4711)
    expect(config.publicUrl).toBe('http://[::1]:4711')
    expect(config.listen).toEqual({ host: '::1', port: 4711 })
    expect(withPort(loadConfig({ STRONGROOM_LISTEN: ':0' }), 1).publicUrl).toBe(
      'http://localhost:1',
    )
  })
})

describe('the page', () => {
  it('holds every setting and is up to date', () => {
    const page = readFileSync(new URL('../../docs/config.md', import.meta.url), 'utf8')
    expect(page).toBe(configPage())
    for (const { name } of Object.values(settings)) expect(page).toContain(`\`${name}\``)
  })
})
