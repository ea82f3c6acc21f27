import type { Permissions } from '../../server/core/permissions/permission.ts'
import { setRoomGrants } from '../../server/core/permissions/set-room-grants.ts'
import type { Scene, Send } from '../row.ts'
import { done } from './share-scene.ts'

/** What the rows are given that are about refusals. */
export const given = { '/docs': 'folder', '/docs/a.txt': { file: 'alpha' } } as const

/** Somebody may do this in the row's room from now on, and nothing else. */
export const mayOnly =
  (who: 'member' | 'reader' | 'writer', permissions: Permissions) => async (scene: Scene) => {
    const room = { id: scene.nodeId('/') }
    const grants = [{ userId: scene.userId(who), permissions }]
    await setRoomGrants(scene.core('manager'), { room, grants })
  }
/** A link of the writer; `kept.hash` names it. */
export const published =
  (path: string, more: object = {}) =>
  async (scene: Scene) => {
    const body = { path: scene.path(path), ...more }
    const { public_hash } = await done(scene, 'linksCreate', 'writer', { body })
    scene.kept.hash = public_hash
  }
export const ofLink =
  (path: string, query: Send['query'] = {}) =>
  (scene: Scene) => ({
    params: { hash: String(scene.kept.hash), path },
    query,
  })
/** So many wrong passwords that the link is shut for a while. */
export const blocked = async (scene: Scene) => {
  await published('/docs', { password: 'open it' })(scene)
  for (let round = 0; round < 12; round++) {
    const send = ofLink('a.txt', { password: 'nope' })(scene)
    await scene.call('linksGet', null, send)
  }
}
/** A link whose end has come, without waiting for it. */
export const ended =
  (path: string, more: object = {}) =>
  async (scene: Scene) => {
    await published(path, { ttl: 1000, ...more })(scene)
    await end(scene)
  }
export const end = (scene: Scene) => {
  const ctx = scene.core('admin')
  return ctx.write(async (tx) => {
    const found = await tx.links.findByDigest(ctx.secrets.digest(String(scene.kept.hash)))
    if (!found) throw new Error('there is no such link')
    await tx.links.update(found.link.id, { expireAt: ctx.now - 1 })
  })
}
/** Of rows that share a scene the first makes the state, with the `kept.hash` of all of them. */
export function once(make: (scene: Scene) => Promise<void>) {
  let made: Promise<unknown> | undefined
  return async (scene: Scene): Promise<void> => {
    made ??= make(scene).then(() => scene.kept.hash)
    scene.kept.hash = await made
  }
}
