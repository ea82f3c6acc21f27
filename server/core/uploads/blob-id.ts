import type { Ctx, Secrets } from '../ctx.ts'

/** A random beginning per process, and how many ids were made with it. */
const series = new WeakMap<Secrets, { readonly prefix: string; count: number }>()

/**
 * A new id of a blob: 32 hex digits of time, process and count, so that rows of one time lie
 * together in their index. No secret; keys of the byte store are random throughout.
 */
export function newBlobId({ now, secrets }: Pick<Ctx, 'now' | 'secrets'>): string {
  const own = series.get(secrets) ?? { prefix: secrets.blobKey().slice(0, 12), count: 0 }
  series.set(secrets, own)
  own.count = (own.count + 1) % 2 ** 32
  const time = now.toString(16).padStart(12, '0').slice(-12)
  return time + own.prefix + own.count.toString(16).padStart(8, '0')
}
