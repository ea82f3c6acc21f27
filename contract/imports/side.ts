import { drumee } from '../drumee/driver.ts'
import { adminPassword } from '../world.ts'

export type Row = {
  readonly id: string
  readonly status: string
  readonly percent: number
  readonly files: number
  readonly bytes: number
  readonly imported: number
  readonly unchanged: number
  readonly folders: number
  readonly files_total: number | null
  readonly bytes_total: number | null
  readonly problems: readonly string[]
  readonly current: string
  readonly error: string | null
  readonly message: string | null
}

type Entry = { readonly ownpath: string; readonly filesize: number; readonly md5Hash?: string }

/** Somebody who is signed in at one of two servers. */
export type Side = {
  call<T>(service: string, values?: object): Promise<T>
  /** Status and error word of a call that is refused. */
  refused(service: string, values: object): Promise<string>
  /** 'path bytes md5' of everything below a node, by path. */
  tree(nid: string, prefix: string): Promise<string[]>
}

export async function signIn(url: string): Promise<Side> {
  const headers = await drumee.signIn(url, 'admin', adminPassword)
  const send = async (service: string, values: object = {}) => {
    const init = { method: 'POST', headers, body: JSON.stringify(values) }
    const response = await fetch(`${url}/-/svc/${service}`, init)
    const body = (await response.json()) as { data: unknown; error?: string }
    return { status: response.status, body }
  }
  const call = async <T>(service: string, values?: object): Promise<T> => {
    const { status, body } = await send(service, values)
    if (status !== 200) throw new Error(`${service}: ${status} ${JSON.stringify(body)}`)
    return body.data as T
  }
  return {
    call,
    async refused(service, values) {
      const { status, body } = await send(service, values)
      return `${status} ${body.error}`
    },
    async tree(nid, prefix) {
      const entries = await call<Entry[]>('media.manifest', { nid })
      return entries
        .map(({ ownpath, filesize, md5Hash }) => {
          return `${ownpath.slice(prefix.length)} ${filesize} ${md5Hash ?? ''}`
        })
        .sort()
    },
  }
}
