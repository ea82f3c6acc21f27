import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import type { FaceRequest } from '../operation.ts'
import { cookieSid, sessionCookie } from './cookie.ts'

function request(headers: FaceRequest['headers'], publicUrl = 'https://files.test'): FaceRequest {
  return {
    id: '1',
    method: 'POST',
    path: '/-/svc/media.make_dir',
    search: '',
    query: new URLSearchParams(),
    headers,
    params: {},
    body: Readable.from([]),
    publicUrl,
    host: 'files.test',
    address: '127.0.0.1',
    userAgent: '',
    limits: { maxBodyBytes: 1000, bodyTimeoutMs: 1000 },
  }
}

const cookie = 'a=b; regsid=secret'

describe('the session cookie', () => {
  it('is for this host, for no other site and for no script', () => {
    expect(sessionCookie(request({}), 's', 60)).toBe(
      'regsid=s; Max-Age=60; Path=/; HttpOnly; SameSite=Strict; Secure',
    )
    expect(sessionCookie(request({}, 'http://files.test'), 's', 60)).not.toContain('Secure')
  })

  it.each([
    {},
    { origin: 'https://files.test' },
    { 'sec-fetch-site': 'same-origin' },
    { 'sec-fetch-site': 'none' },
  ])('counts with %j', (headers) => {
    expect(cookieSid(request({ cookie, ...headers }))).toBe('secret')
  })

  it.each([
    { origin: 'https://evil.test' },
    { origin: 'https://sub.files.test' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { cookie: 'regsid=' },
    { cookie: 'xregsid=secret' },
  ])('does not count with %j', (headers) => {
    expect(cookieSid(request({ cookie, ...headers }))).toBeUndefined()
  })
})
