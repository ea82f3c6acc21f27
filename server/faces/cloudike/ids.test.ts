import { describe, expect, it } from 'vitest'
import type { Ctx } from '../../core/ctx.ts'
import { Fault } from '../../core/fault.ts'
import { pathOfText, pathOfUrl, urlPath } from './ids.ts'

const ctx = { limits: { pathDepth: 3 } } as Ctx

function ruleOf(read: () => unknown): unknown {
  try {
    read()
  } catch (error) {
    return error instanceof Fault ? error.data.rule : error
  }
  return undefined
}

describe('pathOfText', () => {
  it.each([
    ['', []],
    ['/', []],
    ['/a', ['a']],
    ['a/b/', ['a', 'b']],
    ['/a%2Fb', ['a%2Fb']],
    ['/a b/ü', ['a b', 'ü']],
  ])('%j', (text, path) => {
    expect(pathOfText(ctx, text)).toEqual(path)
  })

  it.each([
    ['/a//b', 'empty-segment'],
    ['/../b', 'dots'],
    ['/a/.', 'dots'],
    ['/a/b/c/d', 'depth'],
  ])('refuses %j', (text, rule) => {
    expect(ruleOf(() => pathOfText(ctx, text))).toBe(rule)
  })
})

describe('pathOfUrl', () => {
  it.each([
    ['a%20b/%C3%BC', ['a b', 'ü']],
    ['a%2Fb', ['a/b']],
    ['a%252Fb', ['a%2Fb']],
    ['/a', ['a']],
  ])('%j', (raw, path) => {
    expect(pathOfUrl(ctx, raw)).toEqual(path)
  })

  it.each(['%2E%2e/b', 'a/.%2E', '..'])('refuses dots in %j', (raw) => {
    expect(ruleOf(() => pathOfUrl(ctx, raw))).toBe('dots')
  })

  it('reads what urlPath writes', () => {
    const path = ['a b', '100%', 'ü#?']
    expect(pathOfUrl(ctx, urlPath(path))).toEqual(path)
  })
})
