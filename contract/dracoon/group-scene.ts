import type { Persona, Scene, Send } from '../row.ts'

export type Someone = Exclude<Persona, null | 'stranger'>

const none = {
  manage: false,
  read: false,
  create: false,
  change: false,
  delete: false,
  manageDownloadShare: false,
  manageUploadShare: false,
  readRecycleBin: false,
  restoreRecycleBin: false,
  deleteRecycleBin: false,
}

/** Permissions as the wire writes them. */
export const permissions = {
  none,
  read: { ...none, read: true },
  manage: { ...none, manage: true },
}

export const groupName = (scene: Scene) => `Group ${scene.nodeId('/')}`
export const groupId = (scene: Scene) => Number(scene.kept.groupId)

/** Calls and goes on only if it went well. */
export async function done(scene: Scene, op: string, as: Persona, send: Send): Promise<unknown> {
  const { status, body } = await scene.call(op, as, send)
  if (status >= 300) throw new Error(`${op} answered ${status} ${JSON.stringify(body)}`)
  return body
}

export const inGroup = (body?: object | ((scene: Scene) => object)) => (scene: Scene) => ({
  params: { group_id: groupId(scene) },
  body: typeof body === 'function' ? body(scene) : body,
})

export const inRoom = (body?: object | ((scene: Scene) => object)) => (scene: Scene) => ({
  params: { room_id: scene.id('/') },
  body: typeof body === 'function' ? body(scene) : body,
})

/** A group with these members, and what it is given in the row's room, if anything. */
export const group =
  (
    members: readonly Someone[] = [],
    given?: Partial<typeof none>,
    acceptance?: 'autoallow' | 'pending',
  ) =>
  async (scene: Scene): Promise<void> => {
    const body = { name: groupName(scene) }
    const made = (await done(scene, 'createGroup', 'admin', { body })) as { id: number }
    scene.kept.groupId = made.id
    const ids = members.map((who) => scene.userId(who))
    if (ids.length > 0) await done(scene, 'addGroupMembers', 'admin', inGroup({ ids })(scene))
    if (!given) return
    const grant = { permissions: { ...none, ...given }, newGroupMemberAcceptance: acceptance }
    await done(
      scene,
      'updateRoomGroups',
      'manager',
      inRoom({ items: [{ id: made.id, ...grant }] })(scene),
    )
  }

/** The names in a list that was answered. */
export const names = (wanted: string) => ({
  status: 200,
  body: (body: unknown) =>
    (body as { items: { name: string }[] }).items.map(({ name }) => name).join(' | ') === wanted,
})

/** Fails unless somebody sees the row's room, or does not. */
export async function sees(scene: Scene, who: Someone, wanted: boolean): Promise<void> {
  const { status } = await scene.call('requestNode', who, { params: { node_id: scene.id('/') } })
  if ((status === 200) !== wanted) throw new Error(`${who} is answered ${status}`)
}

export const accountId = (scene: Scene) => Number(scene.kept.accountId)
export const accountName = (scene: Scene) => `person${scene.nodeId('/')}`

/** An account of the row's own. */
export const account =
  (more: object = {}) =>
  async (scene: Scene): Promise<void> => {
    const name = accountName(scene)
    const body = {
      firstName: 'Some',
      lastName: 'Body',
      userName: name,
      email: `${name}@example.test`,
      authData: { method: 'basic', password: 'a-long-enough-one', mustChangePassword: false },
      ...more,
    }
    const made = (await done(scene, 'createUser', 'admin', { body })) as { id: number }
    scene.kept.accountId = made.id
  }

export const ofAccount = (body?: object | ((scene: Scene) => object)) => (scene: Scene) => ({
  params: { user_id: accountId(scene) },
  body: typeof body === 'function' ? body(scene) : body,
})
