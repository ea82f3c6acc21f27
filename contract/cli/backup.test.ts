import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isRefusal } from '../scenarios/client.ts'
import { dracoonClient } from '../scenarios/dracoon-client.ts'
import { password } from '../scene.ts'
import { startWorld, type World } from '../world.ts'
import { linesIn, manifestIn } from './backup-content.ts'
import {
  furnish,
  hashOf,
  hashThroughLink,
  type Office,
  startWriting,
  type Writing,
} from './office.ts'
import { engines, makePlace, type Place, type PlaceKind, s3Url } from './place.ts'
import { type Ran, runStrongroom } from './run-strongroom.ts'

const onDisk = (await engines()).map((engine): PlaceKind => ({ engine, storage: 'disk' }))
const inS3 = onDisk.slice(-1).map(({ engine }): PlaceKind => ({ engine, storage: 's3' }))
const kinds = s3Url ? [...onDisk, ...inS3] : onDisk
if (!s3Url) console.warn('NOT TESTED with S3: STRONGROOM_TEST_S3_URL is not set')

const until = async (holds: () => boolean) => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20))
}

const patient = { timeout: 60_000 }

describe.each(kinds)('a backup of $engine and $storage, made while four people write', (kind) => {
  const folder = mkdtempSync(join(tmpdir(), 'strongroom-backup-'))
  let place: Place
  let world: World
  let office: Office
  let writing: Writing
  let before: string[]
  let ran: Ran

  beforeAll(async () => {
    place = await makePlace(kind)
    world = await startWorld({ engine: 'sqlite', env: place.env })
    office = await furnish(world)
    writing = startWriting(world, office)
    await until(() => writing.answered.size >= 20)
    before = [...writing.answered]
    ran = await runStrongroom(['backup', folder], place.env)
    await writing.stop()
  })
  afterAll(async () => {
    await world?.stop()
    await place?.drop()
    rmSync(folder, { recursive: true, force: true })
  })

  it('succeeds, and nobody noticed', async () => {
    expect(ran).toMatchObject({ code: 0, err: '' })
    expect(writing.failures).toEqual([])
    expect((await manifestIn(folder)).objects).toMatchObject({ missing: 0, damaged: 0 })
  })

  it.each(kinds)(
    'is restored to $engine and $storage, row by row and byte by byte',
    patient,
    async (to) => {
      const target = await makePlace(to)
      const again = mkdtempSync(join(tmpdir(), 'strongroom-again-'))
      try {
        const restored = await runStrongroom(['restore', folder], target.env)
        expect(restored).toMatchObject({ code: 0, err: '' })
        expect(restored.out).toContain('nothing wrong (every byte was read)')
        expect(await runStrongroom(['backup', again], target.env)).toMatchObject({ code: 0 })
        expect(await linesIn(again)).toEqual(await linesIn(folder))
        await expectInUse(target, office, writing, before)
      } finally {
        await target.drop()
        rmSync(again, { recursive: true, force: true })
      }
    },
  )

  it('goes on into the same folder with what is new, and can be pruned', async () => {
    const first = await manifestIn(folder)
    const more = await runStrongroom(['backup', folder, '--prune'], place.env)
    expect(more).toMatchObject({ code: 0, err: '' })
    const second = await manifestIn(folder)
    expect(second.takenAt > first.takenAt).toBe(true)
    const copied = Number(
      /; ([\d,]+) objects? with .* copied now/.exec(more.out)?.[1]?.replace(/,/g, ''),
    )
    expect(copied).toBeLessThan(second.objects.count / 2)
  })
})

/** Serves what was restored: people sign in, every file is what somebody sent, links open. */
async function expectInUse(
  target: Place,
  office: Office,
  { sent }: Writing,
  answeredBefore: readonly string[],
): Promise<void> {
  const world = await startWorld({ engine: 'sqlite', env: target.env })
  try {
    const person = await dracoonClient.signIn(world.url, 'reader', password)
    const entries = await person.list([office.room])
    if (isRefusal(entries)) throw new Error(entries.text)
    const files = entries.filter(({ kind }) => kind === 'file')
    for (const { name } of files) {
      const bytes = await person.download([office.room, name])
      if (isRefusal(bytes)) throw new Error(`${name}: ${bytes.text}`)
      const known = office.files.get(name) ? [office.files.get(name)] : [...(sent.get(name) ?? [])]
      expect(known, name).toContain(hashOf(bytes))
    }
    const names = new Set(files.map(({ name }) => name))
    for (const name of office.files.keys()) expect(names, name).toContain(name)
    const deletable = /^w\d \d*9\.bin$/
    const lost = answeredBefore.filter((name) => !names.has(name) && !deletable.test(name))
    expect(lost).toEqual([])
    expect(await hashThroughLink(world, office)).toBe(office.files.get('linked.bin'))
    expect(await person.makeFolder([office.room, 'new'])).toMatchObject({ refused: 'forbidden' })
    const writer = await dracoonClient.signIn(world.url, 'writer', password)
    expect(await writer.makeFolder([office.room, 'new'])).toBeUndefined()
    expect(
      await writer.upload([office.room, 'new', 'a.bin'], Buffer.alloc(100_000)),
    ).toBeUndefined()
  } finally {
    await world.stop()
  }
}
