import { type MemoryBlobs, memoryBlobs } from '../../adapters/blobs/memory.ts'
import { testDisk } from '../../adapters/blobs/test-disk.ts'
import type { TestDatabases } from '../../adapters/sql/test-databases.ts'
import type { BlobStore } from '../blobs/blob-store.ts'
import { type App, type Ctx, contextFor, type Limits } from '../ctx.ts'
import { readFile } from '../downloads/read-file.ts'
import { createRoom } from '../nodes/create-room.ts'
import type { NodeView } from '../nodes/node.ts'
import { ALL_ROLES, READ, ROLE_USER } from '../permissions/permission.ts'
import { setRoomGrants } from '../permissions/set-room-grants.ts'
import type { Previewer } from '../previews/previewer.ts'
import { type NodeWorld, nodeWorld } from './node-world.suite.ts'

type Who = 'admin' | 'ann' | 'bob'

export type TransferWorld = {
  readonly app: App
  readonly nodes: NodeWorld
  readonly blobs: BlobStore
  /** Moves the clock of the next contexts; milliseconds. */
  pass(ms: number): void
  now(): number
  as(who: Who, changes?: Partial<Ctx['tenant']>): Ctx
  anonymous(): Ctx
  /** A room of ann's, in which bob holds these permissions (absent: none at all). */
  room(name: string, options?: { bob?: number; quota?: number }): Promise<number>
  bytesOf(ctx: Ctx, node: { id: number }): Promise<Buffer>
  tenantBytes(): Promise<number>
  keys(): Promise<string[]>
  stop(): Promise<void>
}

export type TransferOptions = {
  readonly disk?: boolean
  /** Memory only: clients may send parts to the store itself. */
  readonly direct?: boolean
  readonly limits?: Partial<Limits>
  readonly previewer?: Previewer
}

/** The world of the node suites with a byte store of its own and a clock that can be moved. */
export async function transferWorld(
  databases: TestDatabases,
  { disk = false, direct = false, limits = {}, previewer }: TransferOptions = {},
): Promise<TransferWorld> {
  const nodes = await nodeWorld(databases)
  let now = Date.now()
  const folder = disk ? testDisk() : undefined
  const blobs = folder?.store ?? memoryBlobs({ direct, clock: () => now })
  const app: App = {
    ...nodes.app,
    blobs,
    limits: { ...nodes.app.limits, uploadTtlSeconds: 86_400, ...limits },
    previewer: previewer ?? null,
    clock: () => now,
  }
  nodes.setNow(now)
  const contextOf = (actor: Ctx['actor'], changes = {}) =>
    contextFor(app, { ...nodes.tenant, ...changes }, actor, 'test')
  const as = (who: Who, changes = {}) => {
    const roles = who === 'admin' ? ALL_ROLES : ROLE_USER
    return contextOf({ kind: 'user', userId: nodes.ids[who], roles, sessionId: 1 }, changes)
  }
  return {
    app,
    nodes,
    blobs,
    as,
    pass(ms) {
      now += ms
      nodes.setNow(now)
    },
    now: () => now,
    anonymous: () => contextOf({ kind: 'anonymous' }),
    async room(name, { bob, quota } = {}) {
      const { node } = await createRoom(as('admin'), { name, quota, adminIds: [nodes.ids.ann] })
      const grants = bob === undefined ? [] : [{ userId: nodes.ids.bob, permissions: bob | READ }]
      if (grants.length > 0) await setRoomGrants(as('ann'), { room: { id: node.id }, grants })
      return node.id
    },
    async bytesOf(ctx, node) {
      const file = await readFile(ctx, { node })
      return Buffer.concat(await (await file.open()).toArray())
    },
    tenantBytes: () => nodes.asSystem().read((tx) => tx.tallies.tenantBytes()),
    async keys() {
      const found: string[] = []
      for await (const { key } of blobs.list()) found.push(key)
      return found.sort()
    },
    async stop() {
      await nodes.stop()
      folder?.remove()
    },
  }
}

export function directOf(world: TransferWorld): MemoryBlobs {
  return world.blobs as MemoryBlobs
}

/** A source that yields the bytes in pieces of `step`. */
export async function* pieces(bytes: Uint8Array, step = 65_536): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += step) yield bytes.subarray(at, at + step)
}

export function idOf(view: NodeView): { id: number } {
  return { id: view.node.id }
}
