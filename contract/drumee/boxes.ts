import { viewLink } from '../../server/core/links/view-link.ts'
import type { Scene } from '../row.ts'

const page = { offset: 0, limit: 10 }

/** A name and an address that only this row has. */
export const nameIn = (scene: Scene) => `Box ${scene.nodeId('/')}`
export const guestOf = (scene: Scene) => `guest-${scene.nodeId('/')}@outside.test`

export const privateBox =
  (values: object = {}) =>
  (scene: Scene) => ({ body: { email: guestOf(scene), ...values } })
export const publicBox =
  (values: object = {}) =>
  (scene: Scene) => ({ body: { name: nameIn(scene), ...values } })

type Data = { readonly nid: string; readonly share_id: string; readonly link: string }
export const dataOf = ({ body }: { body: unknown }) => (body as { data: Data }).data

/** A box of the writer's, in `kept.nid` and `kept.token`. */
const having =
  (op: string, send: (scene: Scene) => { body: object }) =>
  async (scene: Scene): Promise<void> => {
    const { nid, share_id } = dataOf(await scene.call(op, 'writer', send(scene)))
    Object.assign(scene.kept, { nid, token: share_id })
  }
export const havingPublic = (values: object = {}) =>
  having('sharebox.create_public_box', publicBox(values))
export const havingPrivate = (values: object = {}) =>
  having('sharebox.create_private_box', privateBox(values))

export const kept =
  (values: object = {}, by: 'nid' | 'token' = 'nid') =>
  (scene: Scene) => ({ body: { nid: scene.kept[by], ...values } })

export const soft = (status: string) => ({ status: 200, body: { data: { status } } }) as const
export const bad = { status: 400, code: 'INVALID_DATA' } as const
export const denied = { status: 403, code: 'PERMISSION_DENIED' } as const
export const gone = { status: 404, code: 'NODE_NOT_FOUND' } as const
export const missing = (name: string) =>
  ({ status: 412, code: `VARIABLE **${name}** IS MANDATORY` }) as const

/** The address that an answer gives opens what its token opens. */
export const opens =
  (password?: string) =>
  async (scene: Scene, answer: { body: unknown }): Promise<void> => {
    const { link, share_id: token } = dataOf(answer)
    if (!link.endsWith(`/-/#/dmz/inbound/token=${token}`)) throw new Error(link)
    const viewed = await viewLink(scene.core('writer'), { token, password, page })
    if (viewed.inside === null) throw new Error('The box is closed')
  }
