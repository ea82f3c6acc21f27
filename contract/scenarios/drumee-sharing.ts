import { isRefusal, type Path, type Refusal, type Right, refusal, type Sharing } from './client.ts'
import { type Drumee, refusalIn } from './drumee-calls.ts'

type Member = { readonly email: string; readonly privilege: number; readonly is_owner: 0 | 1 }
type Opening = { readonly email: string; readonly entity_id: string; readonly is_link: 0 | 1 }
type Notice = { readonly nid: string; readonly user_filename: string }

const accepting = 'sharebox.accept_notification'
const words = { read: 3, write: 15 } as const

/** Whoever is named is notified, and has the folder as a hub on his desk once he accepts. */
export function drumeeSharing(own: Drumee): Sharing {
  const { call, find, home } = own
  return {
    share: (path, email, right) => share(own, path, email, right, 0),
    shareFor: (path, email, right, hours) => share(own, path, email, right, hours),
    async offers() {
      const all = await notices()
      return isRefusal(all) ? all : all.map((one) => one.user_filename)
    },
    accept: (name) => answer(accepting, name),
    decline: (name) => answer('sharebox.refuse_notification', name),
    async members(path) {
      const hub = await find(path)
      if (isRefusal(hub)) return hub
      const all = await call('hub.get_members_by_type', { hub_id: hub.nid, type: 'not_owner' })
      if (isRefusal(all)) return all
      return (all as Member[]).map(({ email, privilege }) => ({
        email,
        right: privilege >= words.write ? 'write' : 'read',
      }))
    },
    removeMember: (path, email) => revoke(path, async () => [email]),
    leave: async (name) =>
      refusalIn(await call('media.trash', { hub_id: home.hub_id, nid: `/${name}` })),
    endSharing: (path) =>
      revoke(path, async (fields) => {
        const all = await call('sharebox.get_outbound_node_attr', fields)
        if (isRefusal(all)) return all
        return (all as Opening[]).flatMap((one) => (one.is_link === 1 ? [] : [one.entity_id]))
      }),
  }

  async function notices(): Promise<Notice[] | Refusal> {
    return (await call('sharebox.notification_list', { hub_id: home.hub_id })) as Notice[] | Refusal
  }

  async function answer(service: string, name: string): Promise<Refusal | undefined> {
    const all = await notices()
    if (isRefusal(all)) return all
    const notice = all.find((one) => one.user_filename === name)
    if (!notice) return refusal(404, `${name} is not offered`)
    const answered = await call(service, { hub_id: home.hub_id, nid: notice.nid })
    if (isRefusal(answered)) return answered
    const isTooLate = service === accepting && Array.isArray(answered)
    return isTooLate ? refusal(200, 'nothing was there to accept') : undefined
  }

  async function revoke(
    path: Path,
    whom: (fields: object & { nid: string[] }) => Promise<string[] | Refusal>,
  ): Promise<Refusal | undefined> {
    const node = await find(path)
    if (isRefusal(node)) return node
    const fields = { hub_id: node.hub_id, nid: [node.nid] }
    const ids = await whom(fields)
    if (isRefusal(ids)) return ids
    return refusalIn(await call('sharebox.revoke_permission', { ...fields, user_id: ids }))
  }
}

async function share(
  { call, find }: Drumee,
  path: Path,
  email: string,
  right: Right,
  hours: number,
): Promise<Refusal | undefined> {
  const parent = await find(path.slice(0, -1))
  if (isRefusal(parent)) return parent
  if (isRefusal(await find(path))) {
    const wanted = { hub_id: parent.hub_id, pid: parent.nid, dirname: path.at(-1) }
    const made = await call('media.make_dir', wanted)
    if (isRefusal(made)) return made
  }
  const node = await find(path)
  if (isRefusal(node)) return node
  const wish = { nid: [node.nid], email: [email], privilege: words[right], hours }
  return refusalIn(await call('sharebox.assign_permission', { hub_id: node.hub_id, ...wish }))
}
