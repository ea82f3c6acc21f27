import { readZip } from '../../server/lib/zip/read-zip.suite.ts'
import {
  type Entry,
  isRefusal,
  type LinkRef,
  type Links,
  type Path,
  type Refusal,
  refusal,
  type Visitor,
} from './client.ts'
import { type Call, dracoonCall, type Find, pages, refused, refusedBy } from './dracoon-calls.ts'

/** Links are shares of two kinds, each with a list of its own. */
export function dracoonLinks(call: Call, find: Find): Omit<Links, 'makeBox'> {
  return {
    async makeLink(path, kind, { password, hours = 0 } = {}) {
      const node = await find(path)
      if (isRefusal(node)) return node
      const what = kind === 'download' ? { nodeId: node.id } : { targetId: node.id }
      const expireAt = new Date(Date.now() + hours * 3_600_000).toISOString()
      const expiration = { enableExpiration: hours > 0, ...(hours > 0 ? { expireAt } : {}) }
      const made = await call('POST', `/shares/${kind}s`, { ...what, password, expiration })
      if (!made.ok) return refused(made)
      return ((await made.json()) as { accessKey: string }).accessKey
    },
    async endLink(_path, token) {
      for (const kind of ['download', 'upload']) {
        const found = await pages<{ id: number }>(
          call,
          `/shares/${kind}s?filter=accessKey:cn:${token}`,
        )
        if (isRefusal(found)) return found
        const [share] = found
        if (share) return refusedBy(await call('DELETE', `/shares/${kind}s/${share.id}`))
      }
      return refusal(404, 'no share has this key')
    },
  }
}

/** The key says nothing of itself: whoever has a share's address knows its kind. */
export async function dracoonVisitor(
  url: string,
  { token, kind }: LinkRef,
  password?: string,
): Promise<Visitor | Refusal> {
  const headers = password ? { 'x-sds-share-password': password } : undefined
  const call = dracoonCall(url, headers)
  const share = `/public/shares/${kind}s/${token}`
  const query = password ? `?password=${encodeURIComponent(password)}` : ''
  const entered =
    kind === 'download' ? await call('HEAD', `${share}${query}`) : await call('GET', share)
  if (!entered.ok) return refused(entered)
  const whole = async () => {
    const asked = await call('POST', share, { password })
    if (!asked.ok) return refused(asked)
    const { downloadUrl } = (await asked.json()) as { downloadUrl: string }
    const response = await fetch(downloadUrl)
    return response.ok ? Buffer.from(await response.arrayBuffer()) : refused(response)
  }
  return {
    async list(path) {
      const archive = await whole()
      return isRefusal(archive) ? archive : entriesAt(archive, path)
    },
    async download(path) {
      const bytes = await whole()
      if (isRefusal(bytes) || path.length === 0) return bytes
      const found = readZip(bytes).find((entry) => below(entry.path) === path.join('/'))
      return found ? Buffer.from(found.bytes) : refusal(404, `${path} is not in the archive`)
    },
    bring: (name, bytes) => bring(call, token, { name, size: bytes.length, password }, bytes),
  }
}

/** A folder is fetched as a whole; its archive begins with its own name. */
const below = (path: string) => path.slice(path.indexOf('/') + 1)

function entriesAt(archive: Buffer, path: Path): Entry[] {
  return readZip(archive).flatMap((entry): Entry[] => {
    const names = below(entry.path).split('/')
    const isFolder = names.at(-1) === ''
    const whole = isFolder ? names.slice(0, -1) : names
    const name = whole.at(-1)
    const isHere = name !== undefined && whole.slice(0, -1).join('/') === path.join('/')
    return isHere ? [{ name, kind: isFolder ? 'folder' : 'file', size: entry.bytes.length }] : []
  })
}

async function bring(
  call: Call,
  token: string,
  wanted: { name: string; size: number; password: string | undefined },
  bytes: Uint8Array,
): Promise<Refusal | undefined> {
  const opened = await call('POST', `/public/shares/uploads/${token}`, wanted)
  if (!opened.ok) return refused(opened)
  const { uploadUrl } = (await opened.json()) as { uploadUrl: string }
  const body = bytes as Uint8Array<ArrayBuffer>
  const sent = await fetch(uploadUrl, { method: 'POST', body })
  if (!sent.ok) return refused(sent)
  await sent.arrayBuffer()
  return refusedBy(await fetch(uploadUrl, { method: 'PUT' }))
}
