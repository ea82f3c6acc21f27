import { describe, expect, it } from 'vitest'
import {
  ALL,
  ALL_ROLES,
  CHANGE,
  CREATE,
  DELETE,
  expand,
  has,
  MANAGE,
  READ,
  ROLE_USER,
  ROLE_USERS,
} from '../../core/permissions/permission.ts'
import { domainWord, privilegeWord, wordPermissions } from './privileges.ts'

describe('privilege words', () => {
  it.each([1, 3, 7, 15, 31, 63])('%d comes back as it was given', (word) => {
    expect(privilegeWord(expand(wordPermissions(word)))).toBe(word)
  })

  it('grow: a higher word never takes anything away', () => {
    const words = [1, 3, 7, 15, 31, 63].map(wordPermissions)
    for (const [at, held] of words.slice(1).entries()) expect(has(held, words[at] ?? 0)).toBe(true)
  })

  it('give no more than they say', () => {
    expect(wordPermissions(1)).toBe(0)
    expect(wordPermissions(2)).toBe(READ)
    expect(wordPermissions(7)).toBe(READ | CREATE)
    expect(has(wordPermissions(31), MANAGE)).toBe(false)
    expect(wordPermissions(63)).toBe(ALL)
  })

  it('show only what is held whole', () => {
    expect(privilegeWord(0)).toBe(1)
    expect(privilegeWord(READ | CHANGE)).toBe(3)
    expect(privilegeWord(READ | CREATE | CHANGE | DELETE)).toBe(15)
    expect(privilegeWord(ALL)).toBe(63)
  })

  it('of the organisation', () => {
    expect(domainWord(ROLE_USER)).toBe(1)
    expect(domainWord(ROLE_USERS)).toBe(7)
    expect(domainWord(ALL_ROLES)).toBe(63)
  })
})
