import { type CreateLink, createLink } from '../../server/core/links/create-link.ts'
import type { Expected, Scene, Send } from '../row.ts'

export const given = {
  '/box': 'folder',
  '/box/sub': 'folder',
  '/box/sub/b.txt': { file: 'beta' },
  '/box/a.txt': { file: 'alpha' },
  '/other': 'folder',
} as const
export const secret = 'a secret'

/** A link of the manager's on a folder; token and id in `kept`. */
export async function makeBox(scene: Scene, path: string, more: Partial<CreateLink> = {}) {
  const node = { id: scene.nodeId(path) }
  const made = await createLink(scene.core('manager'), { kind: 'download', node, ...more })
  Object.assign(scene.kept, { token: made.token, link: made.link.id })
}

export const boxOf = (more: Partial<CreateLink> = {}) => {
  return (scene: Scene) => makeBox(scene, '/box', more)
}

/** Somebody who entered that link; his pass in `kept.pass`. */
export const entered = (more: Partial<CreateLink> = {}) => {
  return async (scene: Scene) => {
    await makeBox(scene, '/box', more)
    const password = typeof more.password === 'string' ? more.password : undefined
    await enterBox(scene, password)
  }
}

export async function enterBox(scene: Scene, password?: string): Promise<void> {
  const body = { token: scene.kept.token, password }
  const answer = await scene.call('dmz.login', null, { body })
  scene.kept.pass = (answer.body as { data: { guest_sid: string } }).data.guest_sid
}

export const byToken = (more: object = {}) => {
  return ({ kept }: Scene): Send => ({ body: { token: kept.token, ...more } })
}
export const visiting = (send: (scene: Scene) => Send) => {
  return (scene: Scene): Send => {
    const { headers, ...rest } = send(scene)
    return { ...rest, headers: { 'x-param-guest_sid': String(scene.kept.pass), ...headers } }
  }
}
export const at = (path: string, more: object = {}) => {
  return visiting((scene) => ({ body: { nid: scene.id(path), ...more } }))
}
export const told = (data: Expected) => ({ status: 200, body: { data } })
export const refusal = (status: string) => told({ status, validity: status })
