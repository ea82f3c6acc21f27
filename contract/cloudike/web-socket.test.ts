import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { createFolder } from '../../server/core/nodes/create-folder.ts'
import { deleteNodes } from '../../server/core/nodes/delete-nodes.ts'
import { removeRoomGrants } from '../../server/core/permissions/remove-room-grants.ts'
import { setRoomGrants } from '../../server/core/permissions/set-room-grants.ts'
import { openStage, type Stage } from '../run.ts'
import { contextOf, makeGiven } from '../scene.ts'
import { cloudikeDriver } from './driver.ts'

type Shown = { type: string; path: string }

describe('web sockets of Cloudike', () => {
  let stage: Stage
  let roomId: number
  let token: string

  beforeAll(async () => {
    stage = await openStage(cloudikeDriver, {
      env: { STRONGROOM_MAX_USER_SOCKETS: '1001' },
    })
    const { app } = stage.world
    roomId = (await makeGiven(app, stage.cast, 'Room', { '/docs': 'folder' })).get('/') ?? 0
    token = String((await stage.headersOf('reader'))['mountbit-auth'])
  })
  afterAll(() => stage?.world.stop())

  const address = (query: Record<string, string>) =>
    `${stage.world.url.replace('http', 'ws')}/subscribe/?${new URLSearchParams(query)}`
  /** Opened, with everything that it has been told. */
  const open = async (query: Record<string, string> = { token }) => {
    const socket = new WebSocket(address(query))
    const told: Shown[][] = []
    socket.on('message', (data) => told.push(JSON.parse(String(data)) as Shown[]))
    await once(socket, 'open')
    return { socket, told, types: () => told.flat().map(({ type }) => type) }
  }
  const make = (name: string) => {
    const ctx = contextOf(stage.world.app, stage.cast.tenant, stage.cast.ids.admin)
    return createFolder(ctx, { parent: { id: roomId }, name })
  }
  const closed = async (socket: WebSocket) => {
    socket.close()
    await once(socket, 'close')
  }

  it('tells what happens, and first what happened since', async () => {
    const since = Date.now()
    await make('before')
    const { socket, told, types } = await open({ token, timestamp: String(since) })
    await expect.poll(types).toEqual(['folder_created'])
    expect(told[0]).toEqual([])
    await make('after')
    await expect.poll(types).toEqual(['folder_created', 'folder_created'])
    expect(told.flat().map(({ path }) => path)).toEqual(['/Room/before', '/Room/after'])
    await closed(socket)
  })

  it('tells that the right was taken, and nothing more', async () => {
    const { socket, types } = await open()
    const writer = await open({ token: String((await stage.headersOf('writer'))['mountbit-auth']) })
    const ctx = contextOf(stage.world.app, stage.cast.tenant, stage.cast.ids.admin)
    const give = (permissions: number) =>
      setRoomGrants(ctx, {
        room: { id: roomId },
        grants: [{ userId: stage.cast.ids.reader, permissions }],
      })
    await give(0)
    await make('secret')
    await expect.poll(writer.types).toContain('folder_created')
    expect(types()).toEqual(['folder_collab_removed'])
    await give(1)
    await closed(socket)
    await closed(writer.socket)
  })

  it('tells once of what is gone, to whom saw it', async () => {
    const { socket, types, told } = await open()
    const { app } = stage.world
    const gone = (await makeGiven(app, stage.cast, 'Gone', {})).get('/') ?? 0
    const hidden = (await makeGiven(app, stage.cast, 'Hidden', {})).get('/') ?? 0
    const ctx = contextOf(app, stage.cast.tenant, stage.cast.ids.admin)
    const { reader } = stage.cast.ids
    const remove = (id: number) => deleteNodes(ctx, { nodes: [{ id }], mode: 'all' })
    await removeRoomGrants(ctx, { room: { id: hidden }, userIds: [reader] })
    await remove(hidden)
    await remove(gone)
    await expect.poll(types).toContain('folder_deleted')
    const last = told.flat().filter(({ type }) => /_deleted|_removed/.test(type))
    expect(last.map(({ type, path }) => [type, path])).toEqual([
      ['folder_collab_removed', '/Hidden'],
      ['folder_deleted', '/Gone'],
    ])
    await closed(socket)
  })

  it('refuses who has no token, other addresses and messages that are too long', async () => {
    const refused = async (url: string) => {
      const socket = new WebSocket(url)
      const [error] = (await once(socket, 'error')) as [Error]
      return error.message
    }
    expect(await refused(address({ token: 'nothing' }))).toContain('401')
    expect(await refused(address({}))).toContain('401')
    expect(await refused(stage.world.url.replace('http', 'ws'))).toContain('404')
    const { socket } = await open()
    socket.send('x'.repeat(70_000))
    const [code] = (await once(socket, 'close')) as [number]
    expect(code).toBe(1009)
  })

  it('a thousand are told within a second', { timeout: 60_000 }, async () => {
    const all = await Promise.all(Array.from({ length: 1000 }, () => open()))
    const before = performance.now()
    await make('for all')
    const made = performance.now()
    await expect
      .poll(() => all.every(({ types }) => types().includes('folder_created')), {
        interval: 10,
        timeout: 20_000,
      })
      .toBe(true)
    const ms = Math.round(performance.now() - made)
    console.log(
      `1,000 web sockets: the change took ${Math.round(made - before)} ms, ${ms} more to all`,
    )
    expect(ms).toBeLessThan(5000)
    const last = await open()
    const socket = new WebSocket(address({ token }))
    const [error] = (await once(socket, 'error')) as [Error]
    expect(error.message).toContain('429')
    await Promise.all([...all, last].map((one) => closed(one.socket)))
  })
})
