import {
  isRefusal,
  type LinkRef,
  type Links,
  type LinkTerms,
  type Path,
  type Refusal,
  refusal,
  type Visitor,
} from './client.ts'
import {
  bytesOf,
  type Drumee,
  drumeeCalls,
  entries,
  refusalIn,
  spotBelow,
  uploadInto,
} from './drumee-calls.ts'

/** Words of a link: who only writes brings files, and sees none. */
const words = { download: 3, upload: 4, box: 7 } as const

/** A link is made at once; a password comes to it as to a box. */
export function drumeeLinks({ call, find }: Drumee): Links {
  return {
    makeLink,
    makeBox: (path, terms) => makeLink(path, 'box', terms),
    async endLink(path, token) {
      const node = await find(path)
      if (isRefusal(node)) return node
      return refusalIn(await call('sharebox.remove_link', { ...node, share_id: token }))
    },
  }

  async function makeLink(
    path: Path,
    kind: keyof typeof words,
    { password, hours }: LinkTerms = {},
  ): Promise<string | Refusal> {
    const node = await find(path)
    if (isRefusal(node)) return node
    const terms = { permission: words[kind], hours }
    const made = await call('sharebox.create_link', { ...node, nid: [node.nid], ...terms })
    if (isRefusal(made)) return made
    // It answers everything that opens the node now, people too.
    const link = (made as { share_id: string; is_link: 0 | 1 }[]).find((one) => one.is_link === 1)
    if (!link) return refusal(404, 'no link was made')
    if (password === undefined) return link.share_id
    const wish = { nid: link.share_id, ...terms, password }
    const closed = await call('sharebox.update_box', wish)
    return isRefusal(closed) ? closed : link.share_id
  }
}

type Ticket = { status: string; guest_sid: string; hub_id: string; nid: string }

/** A visit has a pass of its own; what was entered is its root. */
export async function drumeeVisitor(
  url: string,
  { token }: LinkRef,
  password?: string,
): Promise<Visitor | Refusal> {
  const entered = await drumeeCalls(url).call('dmz.login', { token, password })
  if (isRefusal(entered)) return entered
  const { status, guest_sid, hub_id, nid } = entered as Ticket
  // Refusals are told in the data here.
  if (status !== 'TICKET_OK') return refusal(200, status)
  const calls = drumeeCalls(url, { authorization: `Bearer ${guest_sid}` })
  const root = { hub_id, nid }
  return {
    async list(path) {
      const spot = await spotBelow(calls, root, path)
      return isRefusal(spot) ? spot : entries(calls, spot)
    },
    async download(path) {
      const spot = await spotBelow(calls, root, path)
      return isRefusal(spot) ? spot : bytesOf(calls, spot)
    },
    bring: (name, bytes) => uploadInto(calls, root, { name }, bytes),
  }
}
