import type { Hasher, Hashing } from '../blobs/hasher.ts'
import type { Ctx } from '../ctx.ts'

/**
 * Hashes of files that arrive in chunks, kept in this process from one chunk to the next, so that
 * completing need not read them again. A help only: where one is missing, the bytes are read.
 */
type Running = { readonly hashing: Hashing; readonly position: number; readonly at: number }

const running = new WeakMap<Hasher, Map<string, Running>>()

/** Each may hold a ring of shared memory (about 1 MiB). */
const maxRunning = 64
const idleMs = 10 * 60_000

/**
 * Takes the hashing of an upload out, if it has seen exactly the first `position` bytes; the caller
 * owns it then. Position 0 begins a new one.
 */
export function takeRunning(ctx: Ctx, uploadId: number, position: number): Hashing | undefined {
  const all = running.get(ctx.hasher)
  const key = keyOf(ctx, uploadId)
  const found = all?.get(key)
  all?.delete(key)
  if (found && found.position === position) return found.hashing
  found?.hashing.abandon()
  return position === 0 ? ctx.hasher.begin() : undefined
}

/** Gives it back after the chunk was committed. The longest unused ones give way. */
export function keepRunning(ctx: Ctx, uploadId: number, hashing: Hashing, position: number): void {
  const all = running.get(ctx.hasher) ?? new Map<string, Running>()
  running.set(ctx.hasher, all)
  const now = ctx.clock()
  for (const [key, { at, hashing: old }] of all) {
    if (all.size < maxRunning && now - at < idleMs) break
    all.delete(key)
    old.abandon()
  }
  all.set(keyOf(ctx, uploadId), { hashing, position, at: now })
}

export function dropRunning(ctx: Ctx, uploadId: number): void {
  const all = running.get(ctx.hasher)
  const key = keyOf(ctx, uploadId)
  all?.get(key)?.hashing.abandon()
  all?.delete(key)
}

function keyOf(ctx: Ctx, uploadId: number): string {
  return `${ctx.tenant.id}:${uploadId}`
}
