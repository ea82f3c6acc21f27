import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import type { FaceRequest } from '../operation.ts'
import { operations } from './generated/operations.ts'
import { base64OrPlain, chunkStart, readJson } from './read.ts'

const requestWith = (body: string) =>
  ({
    headers: {},
    body: Readable.from([Buffer.from(body)]),
    limits: { maxBodyBytes: 1000, bodyTimeoutMs: 1000 },
  }) as Partial<FaceRequest> as FaceRequest

describe('readJson', () => {
  it('takes null for not sent, at every depth, but not in lists', async () => {
    const body = '{"a":null,"b":{"c":null,"d":[null,{"e":null,"f":0}]}}'
    const value = await readJson(requestWith(body), operations.createUser)
    expect(value).toEqual({ b: { d: [null, { f: 0 }] } })
  })

  it('knows the old name of password accounts at the old login only', async () => {
    const body = '{"authType":"sql"}'
    expect(await readJson(requestWith(body), operations.login)).toEqual({ authType: 'basic' })
    expect(await readJson(requestWith(body), operations.createUser)).toEqual({ authType: 'sql' })
  })

  it('refuses what is not JSON, and what is too large', async () => {
    await expect(readJson(requestWith('{'), operations.login)).rejects.toMatchObject({
      code: 'invalid',
      data: { rule: 'json' },
    })
    await expect(readJson(requestWith('"x"'.padEnd(1001)), operations.login)).rejects.toMatchObject(
      { code: 'too-large' },
    )
  })
})

describe('chunkStart', () => {
  it.each([
    [undefined, undefined],
    ['', undefined],
    ['bytes 0-65536/*', 0],
    ['bytes 65536-131072/200000', 65536],
    ['bytes 0-0/12345678', undefined],
    ['bytes=0-1/2', 'malformed'],
    ['bytes x-1/2', 'malformed'],
    ['bytes 9999999999999999-1/2', 'malformed'],
  ])('reads %s', (header, expected) => {
    expect(chunkStart(header)).toBe(expected)
  })
})

describe('base64OrPlain', () => {
  it('offers the decoded text before the plain one', () => {
    expect(base64OrPlain(Buffer.from('geheim!ü').toString('base64'))).toEqual([
      'geheim!ü',
      'Z2VoZWltIcO8',
    ])
    expect(base64OrPlain('not base64!')).toEqual(['not base64!'])
    expect(base64OrPlain('/////w==')).toEqual(['/////w=='])
  })
})
