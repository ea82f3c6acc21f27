import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drumeeRows } from '../../server/faces/drumee/rows.ts'
import { callOperation } from '../face-driver.ts'
import type { Scene } from '../row.ts'
import { lastEvent, openStage, type Stage, setScene } from '../run.ts'
import { drumee } from './driver.ts'
import { enterBox, given, makeBox } from './visit-scene.ts'

/** What visitors of a link are let do; the rest of the services do not know them. */
const forVisitors = [
  'dmz.info',
  'dmz.login',
  'dmz.logout',
  'media.attributes',
  'media.browse',
  'media.card',
  'media.download',
  'media.get_node_attr',
  'media.info',
  'media.node_info',
  'media.orig',
  'media.pdf',
  'media.raw',
  'media.read',
  'media.show_node_by',
  'media.slide',
  'media.thumb',
  'media.upload',
  'media.vignette',
  'media.zip',
  'media.zip_cancel',
  'media.zip_release',
  'media.zip_size',
]

describe('the services of visitors', () => {
  let stage: Stage
  let scene: Scene
  beforeAll(async () => {
    stage = await openStage(drumee)
    scene = await setScene(drumee, stage, { given }, 'services')
    await makeBox(scene, '/box', { takesUploads: true })
    await enterBox(scene)
  })
  afterAll(() => stage?.world.stop())

  it('are the named ones', () => {
    const words = ['anyone', 'visit', 'dmz']
    const known = drumeeRows.filter(({ auth }) => words.includes(auth)).map(({ id }) => id)
    expect(known.sort()).toEqual(forVisitors)
  })

  it('are no others: nobody is there for them, and nothing happens', async () => {
    const before = await lastEvent(stage)
    const headers = { 'x-param-guest_sid': String(scene.kept.pass) }
    const body = { nid: scene.id('/box/a.txt'), pid: scene.id('/box'), hub_id: scene.id('/box') }
    const closed = drumeeRows.filter(({ auth }) => auth === 'session' || auth === 'node')
    expect(closed.length).toBeGreaterThan(60)
    const call = async ({ id }: { readonly id: string }) =>
      [id, (await callOperation(drumee, scene.url, id, { body }, headers)).status] as const
    const answers = await Promise.all(closed.map(call))
    expect(answers.filter(([, status]) => status !== 403)).toEqual([])
    expect(await lastEvent(stage)).toBe(before)
  })
})
