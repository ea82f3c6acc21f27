import type { IncomingMessage } from 'node:http'
import { isFault } from '../../core/fault.ts'
import type { ImportSource, ImportSources, SourceRef } from '../../core/imports/import-source.ts'
import { addressGuard } from './address-guard.ts'
import {
  countOf,
  dataOf,
  entryOf,
  pageRows,
  refuse,
  rowsOf,
  type Values,
} from './drumee-answers.ts'
import { type HostRule, isNamed } from './host-rules.ts'
import { bytesOf, type Outgoing, outgoing } from './outgoing.ts'

export type DrumeeOptions = {
  /** The servers that may be imported from. */
  readonly hosts: readonly HostRule[]
  /** Networks that are not public and may be called all the same: addresses, or words for them. */
  readonly networks: readonly string[]
}

/** Of one call of a service, shorter than the lease of a job; and of the bytes of one part. */
const callMs = 40_000
const partMs = 15 * 60_000

/** Installations that speak Drumee's services, opened with its `mfs_api` tokens. */
export function drumeeSources({ hosts, networks }: DrumeeOptions): ImportSources {
  const mayCall = addressGuard(networks)
  const ending = new AbortController()
  return {
    connect({ url, token }) {
      const base = baseOf(url)
      if (!isNamed(base, hosts)) refuse('forbidden', { rule: 'host' })
      if (!/^[\x21-\x7e]+$/.test(token)) refuse('invalid', { field: 'token', rule: 'form' })
      return openSource(base, token, outgoing({ mayCall, stopping: ending.signal }))
    },
    stop: () => ending.abort(),
  }
}

/** Where services are called: `source_url` may be the server, or go on to `/-` or `/-/svc`. */
function baseOf(text: string): URL {
  if (!URL.canParse(text)) refuse('invalid', { field: 'url', rule: 'form' })
  const url = new URL(text)
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:'
  const hasMore = url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== ''
  if (!isWeb || hasMore) refuse('invalid', { field: 'url', rule: 'form' })
  const path = url.pathname.replace(/\/+$/, '').replace(/\/svc$/, '')
  url.pathname = `${/\/[-_](?:\/|$)/.test(path) ? path : `${path}/-`}/svc/`
  return url
}

function openSource(base: URL, token: string, calls: Outgoing): ImportSource {
  const own = { 'x-param-mfs-token': token }
  const call = async (service: string, values: Values): Promise<unknown> => {
    const answer = await calls.send({
      ...{ method: 'POST', url: new URL(service, base), withinMs: callMs },
      headers: { ...own, 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(values),
    })
    return dataOf(answer)
  }
  return {
    async describe(ref) {
      const [row] = rowsOf(await call('media.get_node_attr', nodeOf(ref)))
      // Some say nothing at all of what is not there.
      return row ? entryOf(row, ref.room) : refuse('not-found')
    },
    async totals(ref) {
      try {
        const [info] = rowsOf(await call('media.info', nodeOf(ref)))
        return { files: countOf(info?.files), bytes: countOf(info?.total_size) }
      } catch (error) {
        // A help for progress, which not every server has.
        if (isFault(error, 'wrong-credentials') || isFault(error, 'unavailable')) throw error
        return { files: null, bytes: null }
      }
    },
    async list(ref, page) {
      const order = { page, sort: 'name', order: 'asc' }
      const rows = rowsOf(await call('media.show_node_by', { ...nodeOf(ref), ...order }))
      const entries = rows.map((row) => entryOf(row, ref.room))
      return { entries, isLast: entries.length < pageRows }
    },
    async *open(ref, offset, length) {
      const url = new URL('media.orig', base)
      url.search = new URLSearchParams(nodeOf(ref)).toString()
      const headers = { ...own, range: `bytes=${offset}-${offset + length - 1}` }
      const answer = await calls.send({ method: 'GET', url, headers, withinMs: partMs })
      await checkPart(answer, offset)
      yield* bytesOf(answer, Number.POSITIVE_INFINITY)
    },
    close: () => calls.close(),
  }
}

function nodeOf({ room, node }: SourceRef): Record<string, string> {
  return room === '' ? { nid: node } : { nid: node, hub_id: room }
}

/** A server that knows no ranges sends the whole file, which does only from its beginning. */
async function checkPart(answer: IncomingMessage, offset: number): Promise<void> {
  const { statusCode, headers } = answer
  if (statusCode !== 200 && statusCode !== 206) {
    await dataOf(answer)
    refuse('invalid', { rule: 'answer' })
  }
  const start = /^bytes (\d+)-/.exec(headers['content-range'] ?? '')?.[1] ?? '0'
  const isEncoded = (headers['content-encoding'] ?? 'identity') !== 'identity'
  if (Number(start) === offset && !isEncoded) return
  answer.destroy()
  refuse('invalid', { rule: 'range' })
}
