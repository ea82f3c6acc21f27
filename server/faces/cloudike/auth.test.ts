import { describe, expect, it } from 'vitest'
import { tokenOf } from './auth.ts'
import { basicPair } from './basic.ts'
import { parseLogin } from './ids.ts'

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`
const withHeaders = (headers: Record<string, string>) => ({ headers })

describe('tokenOf', () => {
  it.each([
    [{ 'mountbit-auth': 't' }, 't'],
    [{ mountbitauth: ' t ' }, 't'],
    [{ authorization: 't' }, 't'],
    [{ authorization: 'Bearer t' }, undefined],
    [{ authorization: basic('a:b') }, undefined],
    [{ 'mountbit-auth': '' }, undefined],
    [{}, undefined],
  ])('%j means %j', (headers, token) => {
    expect(tokenOf(withHeaders(headers as Record<string, string>))).toBe(token)
  })
})

describe('basicPair', () => {
  it.each([
    ['a:b', 'a', 'b'],
    ['a:b:c', 'a', 'b:c'],
    ['email:a@b.c:p:w', 'email:a@b.c', 'p:w'],
    ['MSISDN:+49:x', 'MSISDN:+49', 'x'],
    ['a@b.c:', 'a@b.c', ''],
  ])('%s', (text, login, password) => {
    expect(basicPair(basic(text))).toEqual({ login, password })
  })

  it('is nothing without a colon or the scheme', () => {
    expect(basicPair(basic('abc'))).toBeUndefined()
    expect(basicPair('Bearer abc')).toBeUndefined()
    expect(basicPair(undefined)).toBeUndefined()
  })
})

describe('parseLogin', () => {
  it.each([
    ['email:a@b.c', { by: 'email', login: 'a@b.c' }],
    ['msisdn:+4912', { by: 'phone', login: '+4912' }],
    ['userid:12', { by: 'id', login: '12' }],
    ['a@b.c', { by: undefined, login: 'a@b.c' }],
    ['other:x', { by: undefined, login: 'other:x' }],
  ])('%s', (text, login) => {
    expect(parseLogin(text)).toEqual(login)
  })
})
