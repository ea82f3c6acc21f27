import { cloudikeDriver } from '../cloudike/driver.ts'
import { dracoon } from '../dracoon/driver.ts'
import { drumee } from '../drumee/driver.ts'
import { password } from '../scene.ts'
import type { World } from '../world.ts'

export type Place = {
  readonly world: World
  readonly roomName: string
  readonly roomId: number
  /** Drumee's id of the room. */
  readonly code: string
}

/** A request for bytes of this length, everything of it but the bytes. */
export type Upload = {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** What stands around the bytes. */
  readonly before: string
  readonly after: string
  /** Ends the upload once the bytes are there; absent: the call is the whole. */
  readonly finish?: () => Promise<number>
}

export type UploadForm = {
  readonly name: string
  open(place: Place, fileName: string, size: number): Promise<Upload>
}

const json = { 'content-type': 'application/json' }
const octets = { 'content-type': 'application/octet-stream' }
const form = { 'content-type': 'multipart/form-data; boundary=B' }
const around = {
  before: '--B\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n',
  after: '\r\n--B--\r\n',
}
const bare = { before: '', after: '' }

async function post<T>(url: string, headers: object, body: object, method = 'POST'): Promise<T> {
  const sent = { method, headers: { ...headers, ...json }, body: JSON.stringify(body) }
  const response = await fetch(url, sent)
  const text = await response.text()
  if (!response.ok) throw new Error(`${url} ${response.status} ${text}`)
  return JSON.parse(text) as T
}

const pathOf = (url: string) => new URL(url).pathname + new URL(url).search

type Channel = { uploadUrl: string; uploadId: string }

function channel({ world, roomId }: Place, own: object, name: string, more: object = {}) {
  const wish = { parentId: roomId, name, ...more }
  return post<Channel>(`${world.url}/api/v4/nodes/files/uploads`, own, wish)
}

const completing = (url: string) => async () => {
  const response = await fetch(url, { method: 'PUT', headers: json, body: '{}' })
  return response.status
}

function classic(name: string, headers: object, wrap: typeof bare, announced: boolean): UploadForm {
  return {
    name,
    open: async (place, fileName, size) => {
      const own = await dracoon.signIn(place.world.url, 'writer', password)
      const { uploadUrl } = await channel(place, own, fileName, announced ? { size } : {})
      const finish = completing(uploadUrl)
      return { method: 'POST', path: pathOf(uploadUrl), headers: { ...headers }, ...wrap, finish }
    },
  }
}

function slot(name: string, headers: object, wrap: typeof bare): UploadForm {
  return {
    name,
    open: async ({ world, roomName }, fileName, size) => {
      const own = await cloudikeDriver.signIn(world.url, 'writer', password)
      const wish = { path: `/${roomName}/${fileName}`, size: String(size) }
      type Slot = { url: string; confirm_url: string; method: string }
      const made = await post<Slot>(`${world.url}/api/1/files/create/`, own, wish)
      const finish = async () => (await fetch(made.confirm_url, { method: 'POST' })).status
      const { method } = made
      return { method, path: pathOf(made.url), headers: { ...headers }, ...wrap, finish }
    },
  }
}

function service(name: string, headers: object, wrap: typeof bare): UploadForm {
  return {
    name,
    open: async ({ world, code }, filename) => {
      const own = await drumee.signIn(world.url, 'writer', password)
      const facts = JSON.stringify({ filename, pid: code, hub_id: code })
      const all = { ...headers, ...own, 'x-param-xia-data': facts }
      return { method: 'POST', path: '/-/svc/media.upload', headers: all, ...wrap }
    },
  }
}

const part: UploadForm = {
  name: 'DRACOON, a part by its address',
  open: async (place, fileName, size) => {
    const own = await dracoon.signIn(place.world.url, 'writer', password)
    const more = { size, directS3Upload: true }
    const { uploadId } = await channel(place, own, fileName, more)
    const wish = { size, firstPartNumber: 1, lastPartNumber: 1 }
    const address = `${place.world.url}/api/v4/nodes/files/uploads/${uploadId}/s3_urls`
    const { urls } = await post<{ urls: { url: string }[] }>(address, own, wish)
    return { method: 'PUT', path: pathOf(urls[0]?.url ?? ''), headers: octets, ...bare }
  },
}

/** Every way in which bytes come in. */
export const uploadForms: readonly UploadForm[] = [
  classic('DRACOON, bytes', octets, bare, false),
  classic('DRACOON, bytes of an announced size', octets, bare, true),
  classic('DRACOON, a form', form, around, true),
  part,
  slot('Cloudike, bytes', octets, bare),
  slot('Cloudike, a form', form, around),
  service('Drumee, bytes', octets, bare),
  service('Drumee, a form', form, around),
]

/** The head of the request as it goes over the wire. */
export function headOf(upload: Upload, size: number): string {
  const length = upload.before.length + size + upload.after.length
  const lines = Object.entries({ ...upload.headers, 'content-length': String(length) })
  const fields = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  const { method, path, before } = upload
  return `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n${fields}\r\n${before}`
}
