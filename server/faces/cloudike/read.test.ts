import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { Fault } from '../../core/fault.ts'
import type { FaceRequest } from '../operation.ts'
import { operations } from './generated/operations.ts'
import { readValues, type Values } from './read.ts'

type Sent = { path?: string; query?: string; type?: string; body?: string; method?: string }

function requestOf({ path, query, type, body, method }: Sent): FaceRequest {
  return {
    id: 'r',
    method: method ?? 'POST',
    path: path ?? '/api/1/fileops/move/',
    search: query ?? '',
    query: new URLSearchParams(query),
    headers: type === undefined ? {} : { 'content-type': type },
    params: {},
    body: Readable.from(body === undefined ? [] : [Buffer.from(body)]),
    publicUrl: 'http://here.test',
    host: 'here.test',
    address: '127.0.0.1',
    userAgent: '',
    limits: { maxBodyBytes: 10_000, bodyTimeoutMs: 1000 },
  }
}

const read = (id: keyof typeof operations, sent: Sent): Promise<Values> =>
  readValues(requestOf(sent), operations[id])

const form = 'application/x-www-form-urlencoded'
const twoParts = ['from_path', '/a b', 'to_path', '/c'].reduce((text, _one, at, all) => {
  if (at % 2 === 1) return text
  return `${text}--x\r\nContent-Disposition: form-data; name="${all[at]}"\r\n\r\n${all[at + 1]}\r\n`
}, '')

describe('readValues', () => {
  const moved = { from_path: '/a b', to_path: '/c' }

  it.each([
    ['a form', { type: form, body: 'from_path=%2Fa+b&to_path=/c' }],
    ['JSON', { type: 'application/json; charset=utf-8', body: JSON.stringify(moved) }],
    ['JSON without a type', { body: JSON.stringify(moved) }],
    ['a form without a type', { body: 'from_path=/a%20b&to_path=/c' }],
    ['a multipart form', { type: 'multipart/form-data; boundary=x', body: `${twoParts}--x--\r\n` }],
    ['the query', { query: 'from_path=/a%20b&to_path=/c' }],
  ])('reads %s', async (_name, sent) => {
    expect(await read('fileopsMove', sent)).toEqual(moved)
  })

  it('lets the body win over the query, and null say nothing', async () => {
    const sent = { query: 'to_path=/q&overwrite=0', type: 'application/json' }
    const body = JSON.stringify({ to_path: '/b', overwrite: null })
    expect(await read('fileopsMove', { ...sent, body })).toEqual({ to_path: '/b', overwrite: '0' })
  })

  it.each([
    ['repeated names', 'path=/1&path=/2'],
    ['brackets', 'path[]=/1&path[]=/2'],
    ['numbered brackets, in their order', 'path[1]=/2&path[0]=/1'],
  ])('reads lists written with %s', async (_name, body) => {
    expect(await read('fileopsMultiDelete', { type: form, body })).toEqual({ path: ['/1', '/2'] })
  })

  it('keeps a list of one in brackets a list', async () => {
    const values = await read('fileopsMultiDelete', { type: form, body: 'path[0]=/1' })
    expect(values).toEqual({ path: ['/1'] })
  })

  it('reads repeated names of a multipart form', async () => {
    const part = (value: string) =>
      `--x\r\nContent-Disposition: form-data; name="path"\r\n\r\n${value}\r\n`
    const body = `${part('/1')}${part('/2')}--x--\r\n`
    const values = await read('fileopsMultiDelete', {
      type: 'multipart/form-data; boundary=x',
      body,
    })
    expect(values).toEqual({ path: ['/1', '/2'] })
  })

  it('knows other names of parameters, and prefers the documented one', async () => {
    expect(await read('accountsLogin', { body: 'email=a@b.c&password=x' })).toMatchObject({
      login: 'a@b.c',
    })
    expect(await read('accountsLogin', { body: 'email=a@b.c&login=d' })).toMatchObject({
      login: 'd',
    })
  })

  it('reads ISO 8601 where milliseconds are wanted', async () => {
    const body = 'path=/a&created=2024-05-06T07:08:09Z&modified=2024-05-06'
    const values = await read('filesCreate', { type: form, body })
    expect(values.created).toBe(Date.UTC(2024, 4, 6, 7, 8, 9))
    expect(values.modified).toBe(Date.UTC(2024, 4, 6))
  })

  it('takes path parameters from the path as it was sent', async () => {
    const sent = { method: 'GET', path: '/api/0/links/get/a%20b/c%2Fd/e%20f' }
    expect(await read('linksGet', sent)).toEqual({ hash: 'a b', path: 'c%2Fd/e%20f' })
    expect(await read('metadata', { method: 'GET', path: '/api/1/metadata' })).toEqual({ path: '' })
    expect(await read('sharesGet', { method: 'GET', path: '/api/1/get/h/x' })).toEqual({
      hash: 'h',
      path: 'x',
    })
    expect(await read('companyStatus', { method: 'GET', path: '/api/1/company//status/' })).toEqual(
      {},
    )
  })

  it.each([
    ['json', { type: 'application/json', body: '{' }],
    ['object', { type: 'application/json', body: '[]' }],
    ['utf-8', { type: form, body: 'from_path=%FF' }],
    ['utf-8', { query: 'from_path=a%FFb' }],
    ['multipart', { type: 'multipart/form-data', body: 'x' }],
  ])('refuses a body with rule %s', async (rule, sent) => {
    const error: unknown = await read('fileopsMove', sent).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(Fault)
    expect((error as Fault).data.rule).toBe(rule)
  })

  it('is not fooled by names of object members', async () => {
    const values = await read('fileopsMove', { type: form, body: '__proto__=x&constructor=y' })
    expect(Object.getPrototypeOf({})).toBe(Object.prototype)
    expect(values.from_path).toBeUndefined()
  })
})
