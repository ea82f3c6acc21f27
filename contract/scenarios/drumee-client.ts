import { once } from 'node:events'
import { WebSocket } from 'ws'
import { drumee } from '../drumee/driver.ts'
import {
  type FaceClient,
  type Files,
  isRefusal,
  knowing,
  type Path,
  type Refusal,
  refusal,
  type Watch,
} from './client.ts'
import {
  bytesOf,
  type Drumee,
  drumeeCalls,
  entries,
  type Item,
  nameOf,
  refusalIn,
  uploadInto,
  withDesk,
} from './drumee-calls.ts'
import { drumeeLinks, drumeeVisitor } from './drumee-links.ts'
import { drumeeSharing } from './drumee-sharing.ts'

/** Drumee's services as the web client calls them: hubs from the desk, nodes by nid. */
export const drumeeClient: FaceClient = {
  name: 'drumee',
  speaksInPaths: false,
  async signIn(url, login, password) {
    const calls = drumeeCalls(url, await drumee.signIn(url, login, password))
    const desk = await calls.call('desk.get_env', {})
    if (isRefusal(desk)) throw new Error(`no desk for ${login}: ${desk.text}`)
    const { hub_id, home_id } = desk as { hub_id: string; home_id: string }
    const own = withDesk(calls, { hub_id, nid: home_id })
    return knowing('drumee', {
      ...files(own),
      ...drumeeSharing(own),
      ...drumeeLinks(own),
      watch: () => watch(own),
    })
  },
  visit: drumeeVisitor,
}

function files(own: Drumee): Files {
  const { call, find, home } = own
  return {
    async makeFolder(path) {
      const parent = await find(path.slice(0, -1))
      if (isRefusal(parent)) return parent
      const fields = { hub_id: parent.hub_id, pid: parent.nid, dirname: path.at(-1) }
      return refusalIn(await call('media.make_dir', fields))
    },
    async upload(path, bytes, options) {
      const parent = await find(path.slice(0, -1))
      if (isRefusal(parent)) return parent
      return uploadInto(own, parent, { name: path.at(-1) ?? '', replace: options?.replace }, bytes)
    },
    async download(path, range) {
      const node = await find(path)
      if (isRefusal(node)) return node
      return bytesOf(own, node, range)
    },
    async list(path) {
      const parent = await find(path)
      return isRefusal(parent) ? parent : entries(own, parent)
    },
    async rename(path, name) {
      const node = await find(path)
      if (isRefusal(node)) return node
      const ending = /\.[^.]+$/.exec(path.at(-1) ?? '')?.[0]
      const stem = ending && name.endsWith(ending) ? name.slice(0, -ending.length) : name
      return refusalIn(await call('media.rename', { ...node, filename: stem }))
    },
    move: (path, folder) => transfer(own, 'media.move', path, folder),
    copy: (path, folder) => transfer(own, 'media.copy', path, folder),
    async remove(path) {
      const node = await find(path)
      return isRefusal(node) ? node : refusalIn(await call('media.trash', { ...node }))
    },
    restore: (path) => restore(own, path),
    async changePassword(from, to) {
      const passwords = { old_password: from, new_password: to }
      return refusalIn(await call('drumate.change_password', { hub_id: home.hub_id, ...passwords }))
    },
    async signOut() {
      await call('drumate.logout', { hub_id: home.hub_id })
    },
  }
}

async function transfer(
  { call, find }: Drumee,
  service: 'media.move' | 'media.copy',
  path: Path,
  folder: Path,
): Promise<Refusal | undefined> {
  const node = await find(path)
  if (isRefusal(node)) return node
  const target = await find(folder)
  if (isRefusal(target)) return target
  const fields = { ...node, pid: target.nid, recipient_id: target.hub_id }
  return refusalIn(await call(service, fields))
}

/** The bin of a hub says what was deleted, and not where it was: the client remembers that. */
async function restore({ call, find, home }: Drumee, path: Path): Promise<Refusal | undefined> {
  const hub = path[0] === '~' ? home : await find(path.slice(0, 1))
  const parent = await find(path.slice(0, -1))
  if (isRefusal(hub)) return hub
  if (isRefusal(parent)) return parent
  const bin = await call('media.show_bin', { hub_id: hub.hub_id })
  if (isRefusal(bin)) return bin
  const found = (bin as Item[]).find((item) => nameOf(item) === path.at(-1))
  if (!found) return refusal(404, `${path} is not in the bin`)
  const target = { pid: parent.nid, recipient_id: parent.hub_id }
  return refusalIn(
    await call('media.restore_into', { hub_id: hub.hub_id, nid: found.nid, ...target }),
  )
}

/** What happens is pushed one by one, after a greeting. */
async function watch({ url, headers }: Drumee): Promise<Watch> {
  const address = `${url.replace('http', 'ws')}/-/websocket/`
  const socket = new WebSocket(address, 'service', { headers })
  const heard: string[] = []
  socket.on('message', (message) => {
    const { service, data } = JSON.parse(String(message)) as { service: string; data: Item }
    if (service === 'live.update') heard.push(data.filename)
  })
  await once(socket, 'message')
  return { heard, stop: () => socket.close() }
}
