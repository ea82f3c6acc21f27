import { Readable } from 'node:stream'
import type { Ctx } from '../../server/core/ctx.ts'
import { type CreateLink, createLink } from '../../server/core/links/create-link.ts'
import { createFolder } from '../../server/core/nodes/create-folder.ts'
import { createRoom } from '../../server/core/nodes/create-room.ts'
import { storeFile } from '../../server/core/uploads/store-file.ts'
import { type Cast, castPeople, contextOf } from '../scene.ts'
import { startWorld, type World } from '../world.ts'

/** A world with a room, and ways to make links in it. */
export type PagesScene = {
  readonly world: World
  readonly cast: Cast
  readonly ctx: Ctx
  /** Room, folder 'f' with 'deep/leaf.txt', and 'a & b.txt' in it. */
  readonly ids: Readonly<Record<'room' | 'f' | 'deep' | 'leaf' | 'file', number>>
  link(kind: 'download' | 'upload', nodeId: number, more?: Partial<CreateLink>): Promise<Made>
}

export type Made = { readonly id: number; readonly token: string; readonly url: string }

export const fileName = 'a & b.txt'

export async function openScene(env: Record<string, string> = {}): Promise<PagesScene> {
  const world = await startWorld({ env })
  const cast = await castPeople(world)
  const ctx = contextOf(world.app, cast.tenant, cast.ids.manager)
  const asAdmin = contextOf(world.app, cast.tenant, cast.ids.admin)
  const adminIds = [cast.ids.manager]
  const room = (await createRoom(asAdmin, { parent: null, name: 'Room', adminIds })).node.id
  const folder = async (parentId: number, name: string) =>
    (await createFolder(ctx, { parent: { id: parentId }, name })).node.id
  const file = async (parentId: number, name: string, text: string) => {
    const place = { parent: { id: parentId }, name }
    return (await storeFile(ctx, { ...place, source: Readable.from([Buffer.from(text)]) })).node.id
  }
  const f = await folder(room, 'f')
  const deep = await folder(f, 'deep')
  const leaf = await file(deep, 'leaf.txt', 'a leaf')
  const ids = { room, f, deep, leaf, file: await file(f, fileName, '0123456789') }
  return {
    world,
    cast,
    ctx,
    ids,
    async link(kind, nodeId, more = {}) {
      const { link, token } = await createLink(contextNow(ctx), {
        kind,
        node: { id: nodeId },
        ...more,
      })
      return { id: link.id, token, url: `${world.url}/public/${kind}-shares/${token}` }
    },
  }
}

/** The same people at this moment. */
export function contextNow(ctx: Ctx): Ctx {
  return { ...ctx, now: Date.now() }
}
