import type { Given, Persona, Scene, Send } from '../row.ts'

let count = 0

/** A folder of its own for every row, since what is accepted stays in its receiver's root. */
export function fresh(): { readonly name: string; readonly given: Given } {
  const name = `share ${++count}`
  return { name, given: { [`/${name}`]: 'folder', [`/${name}/a.txt`]: { file: 'alpha' } } }
}

export const isHash = (value: unknown) => typeof value === 'string' && /^[\w-]{20,}$/.test(value)

export const body =
  (values: (scene: Scene) => object) =>
  (scene: Scene): Send => ({ body: values(scene) })

/** Calls that must work, for states. */
export async function done(
  scene: Scene,
  op: string,
  as: Persona,
  send: Send,
): Promise<Record<string, unknown>> {
  const answer = await scene.call(op, as, send)
  if (answer.status !== 200) {
    throw new Error(`${op}: ${answer.status} ${JSON.stringify(answer.body)}`)
  }
  return answer.body as Record<string, unknown>
}

/** The manager invites somebody to the row's folder; `kept.hash` is the invitation's. */
export const invited =
  (name: string, member: string | undefined, more: object = {}) =>
  async (scene: Scene): Promise<void> => {
    const values = { path: scene.path(`/${name}`), member_login: member, ...more }
    const { hash } = await done(scene, 'sharesAdd', 'manager', { body: values })
    scene.kept.hash = hash
  }

/** And he accepts. */
export const joined =
  (name: string, member: Exclude<Persona, null>, more: object = {}) =>
  async (scene: Scene): Promise<void> => {
    await invited(name, member, more)(scene)
    await done(scene, 'sharesAccept', member, { body: { hash: scene.kept.hash } })
  }

export const withHash = body((scene) => ({ hash: scene.kept.hash }))

/** What somebody finds at a path of his own. */
export async function statusAt(scene: Scene, as: Persona, path: string): Promise<number> {
  return (await scene.call('metadata', as, { params: { path } })).status
}

/** Bytes that somebody's home may get more; null: as many as there are. */
export async function limitHome(
  scene: Scene,
  whose: Exclude<Persona, null>,
  more: number | null,
): Promise<void> {
  await scene.core('admin').write(async (tx) => {
    const home = (await tx.nodes.homesOf([scene.userId(whose)])).get(scene.userId(whose))
    if (!home?.room) throw new Error(`${whose} has no home`)
    const used = (await tx.tallies.of([home.id])).get(home.id)?.size ?? 0
    const quota = more === null ? null : used + more
    await tx.nodes.update(home.id, { room: { ...home.room, quota } })
  })
}
