import {
  isRefusal,
  type Member,
  type Path,
  type Refusal,
  type Right,
  type Sharing,
} from './client.ts'
import { type Call, type Find, pages, refused, refusedBy, type Wire } from './dracoon-calls.ts'

const read = { read: true, readRecycleBin: true }
const write = {
  ...{ ...read, create: true, change: true, delete: true, restoreRecycleBin: true },
  ...{ manageDownloadShare: true, manageUploadShare: true },
}
const no = {
  ...{ manage: false, read: false, create: false, change: false, delete: false },
  ...{ manageDownloadShare: false, manageUploadShare: false },
  ...{ readRecycleBin: false, restoreRecycleBin: false, deleteRecycleBin: false },
}
const permissions = { read: { ...no, ...read }, write: { ...no, ...write } }

type Words = Pick<Sharing, 'share' | 'members' | 'removeMember' | 'endSharing'>
type Someone = {
  readonly userInfo: { readonly id: number; readonly email: string }
  readonly permissions: typeof no
}

/** A folder that is shared is a room here, whose members are named by those who govern it. */
export function dracoonSharing(call: Call, find: Find): Words {
  const people = (room: Wire, isGranted: boolean | 'any') =>
    pages<Someone>(call, `/nodes/rooms/${room.id}/users?filter=isGranted:eq:${isGranted}`)
  return {
    async share(path, email, right) {
      const room = await roomAt(call, find, path)
      if (isRefusal(room)) return room
      const all = await people(room, 'any')
      if (isRefusal(all)) return all
      const id = all.find(({ userInfo }) => userInfo.email === email)?.userInfo.id
      const items = [{ id, permissions: permissions[right] }]
      return refusedBy(await call('PUT', `/nodes/rooms/${room.id}/users`, { items }))
    },
    async members(path) {
      const room = await find(path)
      if (isRefusal(room)) return room
      const granted = await people(room, true)
      return isRefusal(granted) ? granted : granted.map(presentMember)
    },
    removeMember: (path, email) => remove(path, (one) => one.userInfo.email === email),
    endSharing: (path) => remove(path, (one) => !one.permissions.manage),
  }

  async function remove(
    path: Path,
    isMeant: (one: Someone) => boolean,
  ): Promise<Refusal | undefined> {
    const room = await find(path)
    if (isRefusal(room)) return room
    const granted = await people(room, true)
    if (isRefusal(granted)) return granted
    const ids = granted.filter(isMeant).map(({ userInfo }) => userInfo.id)
    return refusedBy(await call('DELETE', `/nodes/rooms/${room.id}/users`, { ids }))
  }
}

/** The room at a path; made there if nothing is. */
async function roomAt(call: Call, find: Find, path: Path): Promise<Wire | Refusal> {
  const found = await find(path)
  if (!isRefusal(found)) return found
  const parent = await find(path.slice(0, -1))
  if (isRefusal(parent)) return parent
  const made = await call('POST', '/nodes/rooms', { parentId: parent.id, name: path.at(-1) })
  return made.ok ? ((await made.json()) as Wire) : refused(made)
}

function presentMember({ userInfo, permissions: held }: Someone): Member {
  const right: Right = held.create && held.change && held.delete ? 'write' : 'read'
  return { email: userInfo.email, right }
}
