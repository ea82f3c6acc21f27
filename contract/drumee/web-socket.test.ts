import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { createFolder } from '../../server/core/nodes/create-folder.ts'
import { deleteNodes } from '../../server/core/nodes/delete-nodes.ts'
import { READ } from '../../server/core/permissions/permission.ts'
import { removeRoomGrants } from '../../server/core/permissions/remove-room-grants.ts'
import { invite } from '../../server/core/shares/invite.ts'
import { callOperation } from '../face-driver.ts'
import { openStage, type Stage } from '../run.ts'
import { contextOf, makeGiven } from '../scene.ts'
import { drumee } from './driver.ts'

type Push = { service: string; data: Readonly<Record<string, unknown>> }

describe('web sockets of Drumee', () => {
  let stage: Stage
  let roomId: number

  beforeAll(async () => {
    stage = await openStage(drumee)
    roomId = (await makeGiven(stage.world.app, stage.cast, 'Room', {})).get('/') ?? 0
  })
  afterAll(() => stage?.world.stop())

  const socketFor = (headers: Record<string, string>, otak = '') =>
    new WebSocket(
      `${stage.world.url.replace('http', 'ws')}/-/websocket/?&otak=${otak}`,
      'service',
      {
        headers,
      },
    )

  it('greets, answers a ping, and tells what happens', async () => {
    const socket = socketFor(await stage.headersOf('reader'))
    const told: Push[] = []
    socket.on('message', (data) => told.push(JSON.parse(String(data)) as Push))
    await once(socket, 'open')
    expect(socket.protocol).toBe('service')
    await expect
      .poll(() => told[0])
      .toMatchObject({
        service: 'sys.hello',
        data: { socket_id: expect.any(String), user: { id: expect.any(String) } },
      })
    for (const text of ['["sys.ping",{}]', 'no json', '{}', '["no.such",{}]']) socket.send(text)
    await expect.poll(() => told.at(-1)?.service).toBe('sys.keepalive')
    const ctx = contextOf(stage.world.app, stage.cast.tenant, stage.cast.ids.admin)
    await createFolder(ctx, { parent: { id: roomId }, name: 'new' })
    await expect
      .poll(() => told.at(-1))
      .toMatchObject({
        service: 'live.update',
        data: { event: 'folder.created', filename: 'new' },
      })
    expect(told).toHaveLength(3)
    await deleteNodes(ctx, { nodes: [{ id: roomId }], mode: 'all' })
    await expect
      .poll(() => told.at(-1))
      .toMatchObject({ service: 'live.update', data: { event: 'room.deleted', filename: 'Room' } })
    const hidden = (await makeGiven(stage.world.app, stage.cast, 'Hidden', {})).get('/') ?? 0
    await removeRoomGrants(ctx, { room: { id: hidden }, userIds: [stage.cast.ids.reader] })
    await createFolder(ctx, { parent: { id: hidden }, name: 'secret' })
    await expect.poll(() => told.at(-1)?.data.event).toBe('grant.removed')
    expect(told.map(({ data }) => data.filename)).not.toContain('secret')
    const { node } = await createFolder(ctx, { path: ['For the reader'] })
    await invite(ctx, { node, to: { login: 'reader' }, permissions: READ })
    await expect
      .poll(() => told.at(-1)?.data)
      .toMatchObject({ event: 'invitation.sent', filename: 'For the reader' })
    socket.close()
    await once(socket, 'close')
  })

  it('takes the ticket of bootstrap.authn, which may stand for nobody', async () => {
    for (const as of ['reader', null] as const) {
      const headers = as === null ? {} : await stage.headersOf(as)
      const { body } = await callOperation(drumee, stage.world.url, 'bootstrap.authn', {}, headers)
      const { token } = (body as { data: { token: string } }).data
      const socket = socketFor({ origin: 'https://elsewhere.example' }, token)
      const [data] = (await once(socket, 'message')) as [Buffer]
      const { service, data: hello } = JSON.parse(String(data)) as Push
      expect(service).toBe('sys.hello')
      const nobody = { id: 'f'.repeat(16) }
      if (as === null) expect(hello.user).toEqual(nobody)
      else expect(hello.user).not.toEqual(nobody)
      socket.close()
      await once(socket, 'close')
    }
  })

  it('is not for nobody, and not for pages of other hosts', async () => {
    const own = await stage.headersOf('reader')
    const elsewhere = { ...own, origin: 'https://elsewhere.example' }
    for (const [headers, otak] of [
      [{}, ''],
      [elsewhere, ''],
      [own, 'x.y'],
    ] as const) {
      const socket = socketFor(headers, otak)
      const [error] = (await once(socket, 'error')) as [Error]
      expect(error.message).toContain('401')
    }
  })
})
