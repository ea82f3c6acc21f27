import { expect, it } from 'vitest'
import { logRequest, openLog } from './log.ts'
import { redactUrl } from './redact-url.ts'

const token = 'q7fKz0aYw2Vn5uHdLrT3xE9B'

/** The lines that `use` logs. */
function linesOf(use: (log: ReturnType<typeof openLog>) => void): Record<string, unknown>[] {
  const lines: string[] = []
  use(openLog({ level: 'info', stream: { write: (line) => lines.push(line) } }))
  return lines.map((line) => JSON.parse(line))
}

it.each([
  ['/api/v4/nodes?offset=0&limit=50', '/api/v4/nodes?offset=0&limit=50'],
  ['/api/v4/nodes/1234/comments', '/api/v4/nodes/1234/comments'],
  ['/api/v4/downloads/short', '/api/v4/downloads/[redacted]'],
  ['/api/v4/downloads/zip/abc', '/api/v4/downloads/zip/[redacted]'],
  ['/api/v4/uploads/abc', '/api/v4/uploads/[redacted]'],
  ['/api/v4/auth/reset_password/abc', '/api/v4/auth/reset_password/[redacted]'],
  [
    '/api/v4/public/shares/downloads/abc/def',
    '/api/v4/public/shares/downloads/[redacted]/[redacted]',
  ],
  [
    '/api/v4/public/shares/uploads/abc/def/s3_urls',
    '/api/v4/public/shares/uploads/[redacted]/[redacted]/s3_urls',
  ],
  ['/api/1/links/get/abc/folder/a.txt', '/api/1/links/get/[redacted]/folder/a.txt'],
  ['/api/1/links/file_create/abc?size=1', '/api/1/links/file_create/[redacted]?size=1'],
  ['/api/1/links/create/', '/api/1/links/create/'],
  [
    '/public/download-shares/abc/files/1.2.def?in=a',
    '/public/download-shares/[redacted]/[redacted]/[redacted]?in=a',
  ],
  ['/public/upload-shares/abc', '/public/upload-shares/[redacted]'],
  ['/public/shares/abc', '/public/shares/[redacted]'],
  ['/api/1/links/info/abc/', '/api/1/links/info/[redacted]/'],
  ['/api/1/shares/get/abc/a/b.txt', '/api/1/shares/get/[redacted]/a/b.txt'],
  ['/api/1/transfers/download/file~1.2.u1.abc', '/api/1/transfers/download/[redacted]'],
  ['/api/1/transfers/upload/abc/1', '/api/1/transfers/upload/[redacted]/1'],
  [`/elsewhere/1.2.${token}`, '/elsewhere/[redacted]'],
  [`/elsewhere/${token}`, '/elsewhere/[redacted]'],
  ['/-/svc/media.get?regsid=abc&nid=1', '/-/svc/media.get?regsid=[redacted]&nid=1'],
  ['/a?access_token=abc&b=c', '/a?access_token=[redacted]&b=c'],
  [
    '/a?X-Amz-Signature=abc&X-Amz-Credential=d',
    '/a?X-Amz-Signature=[redacted]&X-Amz-Credential=[redacted]',
  ],
  ['/a?Password=abc', '/a?Password=[redacted]'],
  [`/a?q=${token}`, '/a?q=[redacted]'],
  [`/a?${token}`, '/a?[redacted]'],
  [`/a#access_token=${token}`, '/a'],
  ['https://user:pass@host.org/a', 'https://host.org/a'],
  ['%zz?%zz', '%zz?%zz'],
  ['/constructor/has/__proto__', '/constructor/has/__proto__'],
  ['', ''],
])('%s', (url, want) => {
  expect(redactUrl(url)).toBe(want)
})

it('logs a request as one line', () => {
  const facts = { requestId: 'r1', method: 'GET', operation: 'dracoon.downloadFile', bytes: 7 }
  const url = '/api/v4/downloads/abc'
  const [line, worse] = linesOf((log) => {
    logRequest(log, { ...facts, url, status: 200, ms: 1.2345 })
    logRequest(log, { ...facts, url, status: 500, ms: 1 })
  })
  expect(line).toEqual({
    level: 'info',
    time: expect.stringMatching(/^\d{4}-.*Z$/),
    ...facts,
    url: '/api/v4/downloads/[redacted]',
    status: 200,
    ms: 1.2,
    msg: 'request',
  })
  expect(worse?.level).toBe('error')
})

it('replaces secrets, at the top and below', () => {
  const lines = linesOf((log) => {
    log.info({ password: token, token, user: { password: token, access_token: token } })
    log.info({ headers: { authorization: token, cookie: token, 'set-cookie': [token] } })
    log.info({ req: { method: 'GET', url: `/a?token=${token}`, headers: { cookie: token } } })
    log.info({ res: { headers: { 'x-sds-auth-token': token, 'mountbit-auth': token } } })
  })
  expect(lines).toHaveLength(4)
  expect(JSON.stringify(lines)).not.toContain(token)
  expect(lines[2]?.req).toEqual({ method: 'GET', url: '/a?token=[redacted]' })
})

it('shows errors with their stack and their cause', () => {
  const [line] = linesOf((log) => log.error({ err: new Error('no', { cause: new Error('why') }) }))
  const shown = line?.err as { message: string; stack: string }
  expect(shown.message).toBe('no: why')
  expect(shown.stack).toContain('log.test.ts')
})

it('keeps quiet below its level', () => {
  expect(linesOf((log) => log.debug('detail'))).toEqual([])
})
