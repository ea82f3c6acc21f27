import { crc32, deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import { pictureFacts } from '../../lib/bytes/picture-facts.ts'
import { type IdentityWorld, identityWorld } from '../suites/identity-world.suite.ts'
import { thrown } from '../suites/node-world.suite.ts'
import { findAvatar } from './find-avatar.ts'
import { resetAvatar } from './reset-avatar.ts'
import { setAvatar } from './set-avatar.ts'

/** A grey PNG of one bit a pixel. */
function png(width: number, height: number, lines = height): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header[8] = 1
  const pixels = Buffer.alloc(lines * (1 + Math.ceil(width / 8)))
  const signature = Buffer.from('89504e470d0a1a0a', 'hex')
  const chunks = [chunk('IHDR', header), chunk('IDAT', deflateSync(pixels)), chunk('IEND')]
  return Buffer.concat([signature, ...chunks])
}

function chunk(type: string, data = Buffer.alloc(0)): Buffer {
  const framed = Buffer.concat([Buffer.alloc(4), Buffer.from(type), data, Buffer.alloc(4)])
  framed.writeUInt32BE(data.length, 0)
  framed.writeUInt32BE(crc32(framed.subarray(4, -4)), data.length + 8)
  return framed
}

describe('facts of a picture', () => {
  test('a whole PNG has its size', () => {
    expect(pictureFacts(png(256, 256))).toEqual({
      mediaType: 'image/png',
      width: 256,
      height: 256,
    })
  })

  test('one with too few or too many pixels is none', () => {
    expect(pictureFacts(png(256, 256, 255))).toBeUndefined()
    expect(pictureFacts(png(256, 256, 100_000))).toBeUndefined()
    expect(pictureFacts(png(0, 256))).toBeUndefined()
  })

  test('one that was cut off or changed anywhere is none, and nothing breaks', () => {
    const whole = png(16, 16)
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        expect(pictureFacts(whole.subarray(0, at))).toBeUndefined()
        const changed = Buffer.from(whole)
        changed[at] = (changed[at] ?? 0) ^ change
        expect(pictureFacts(changed)).toBeUndefined()
      }),
    )
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        pictureFacts(Buffer.concat([Buffer.from('ffd8', 'hex'), bytes, Buffer.from('ffd9', 'hex')]))
      }),
    )
  })
})

describe.each(await testDatabases())('pictures of users on $kind', (databases) => {
  let world: IdentityWorld
  let ann: number
  beforeAll(async () => {
    world = await identityWorld(databases)
    ann = await world.addUser('ann')
  })
  afterAll(() => world.stop())

  test('each new one has a new address, and the old one is gone', async () => {
    const picture = png(256, 256)
    const first = await setAvatar(world.as(ann), { picture })
    const second = await setAvatar(world.as(ann), { picture })
    expect(first.avatar).not.toBe(second.avatar)
    const find = (uuid: string | null) =>
      findAvatar(world.stranger(), { userId: ann, uuid: String(uuid) })
    expect(await find(first.avatar)).toBeUndefined()
    expect(Buffer.from((await find(second.avatar))!.picture)).toEqual(picture)
    const people = await world.asAdmin().read((tx) => tx.users.people([ann]))
    expect(people.get(ann)?.avatar).toBe(second.avatar)
    const wrong = await thrown(setAvatar(world.as(ann), { picture: png(255, 256) }))
    expect(wrong.data).toEqual({ field: 'avatar', rule: 'dimensions' })
    expect((await resetAvatar(world.as(ann))).avatar).toBeNull()
    expect(await find(second.avatar)).toBeUndefined()
  })
})
