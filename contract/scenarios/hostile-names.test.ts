import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hostileNames } from '../../server/lib/names/hostile-names.ts'
import { castPeople, makeGiven, password } from '../scene.ts'
import { startWorld, type World } from '../world.ts'
import { isRefusal, type Person } from './client.ts'
import { faces } from './faces.ts'

/** Every hostile name, as a folder and as a file, through every face: the same verdict. */
describe.each(faces)('hostile names through $name', (face) => {
  let world: World
  let writer: Person
  beforeAll(async () => {
    world = await startWorld()
    const cast = await castPeople(world)
    await makeGiven(world.app, cast, 'Names', { '/folders': 'folder', '/files': 'folder' })
    writer = await face.signIn(world.url, 'writer', password)
  })
  afterAll(() => world?.stop())

  it('has at least 150 names', () => {
    expect(hostileNames.length).toBeGreaterThanOrEqual(150)
  })

  for (const { name, verdict, why } of hostileNames) {
    if (face.speaksInPaths && (name === '' || name.includes('/'))) continue
    it(`${JSON.stringify(name).slice(0, 60)} (${why}): ${verdict}`, async () => {
      const answers = await Promise.all([
        writer.makeFolder(['Names', 'folders', name]),
        writer.upload(['Names', 'files', name], Buffer.from(name)),
      ])
      for (const answer of answers) {
        if (verdict === 'ok') expect(answer, answer?.text).toBeUndefined()
        else expect(answer?.refused, answer?.text).toBe('invalid')
      }
      if (verdict !== 'ok') return
      const kept = name.normalize('NFC')
      const checked = ['folders', 'files'].map(async (folder) => {
        const entries = await writer.list(['Names', folder])
        const listed = isRefusal(entries) ? [] : entries.map((entry) => entry.name)
        expect(listed, `${folder} after ${JSON.stringify(name)}`).toContain(kept)
        expect(await writer.remove(['Names', folder, kept])).toBeUndefined()
      })
      await Promise.all(checked)
    })
  }
})
