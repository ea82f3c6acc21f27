import { inflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { avatarEdge, avatarPicture } from './avatar-picture.ts'
import { avatarUuid, initialsOf } from './avatar-uuid.ts'
import { glyphRows, glyphs } from './glyphs.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

describe('avatarUuid', () => {
  it.each([
    [1, 'Ada', 'Byron', 'AB'],
    [Number.MAX_SAFE_INTEGER, 'žofie', '', 'Ž'],
    [-1, '', '', 'U'],
    [77, '𠮷田', '太郎', '𠮷太'],
  ])('holds the initials of user %i', (id, firstName, lastName, initials) => {
    const made = avatarUuid(id, { firstName, lastName, userName: 'user' })
    expect(made).toMatch(uuid)
    expect(initialsOf(made, id)).toBe(initials)
    expect(initialsOf(made.toUpperCase(), id)).toBe(initials)
    expect(initialsOf(made, id + 2)).toBeUndefined()
  })

  it('knows no other ids', () => {
    expect(initialsOf('0ffffffff-0000-85a0-8000-000000000010', 1)).toBeUndefined()
    expect(initialsOf('ffffff00-0042-85a0-8000-000000000010', 1)).toBeUndefined()
    expect(initialsOf('', 1)).toBeUndefined()
  })
})

describe('avatarPicture', () => {
  it('is a PNG of the wanted size with both letters', () => {
    const one = dots(avatarPicture('I'))
    const two = dots(avatarPicture('II'))
    expect(one).toBeGreaterThan(0)
    expect(two).toBe(2 * one)
    expect(dots(avatarPicture('Í'))).toBe(one)
    expect(dots(avatarPicture('太郎'))).toBe(0)
  })

  it('has letters of seven rows and five columns', () => {
    for (const name of Object.keys(glyphs)) {
      const rows = glyphRows(name) ?? []
      expect(rows).toHaveLength(7)
      expect(Math.max(...rows)).toBeLessThan(32)
    }
  })
})

function dots(png: Buffer): number {
  expect(png.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a')
  expect(png.readUInt32BE(16)).toBe(avatarEdge)
  expect(png.readUInt32BE(20)).toBe(avatarEdge)
  const start = png.indexOf('IDAT')
  const data = png.subarray(start + 4, start + 4 + png.readUInt32BE(start - 4))
  return inflateSync(data).filter((byte) => byte === 1).length
}
