import type { NewNode } from '../nodes/node-store.ts'
import type { Store, Tx } from '../store.ts'

/** What the suites of the stores are given: an empty store and the ids of two tenants in it. */
export type StoreSubject = {
  readonly store: Store
  readonly tenants: readonly [number, number]
  close(): Promise<void>
}

export type OpenStoreSubject = () => Promise<StoreSubject>

/** The time at which everything of a suite is made. */
export const madeAt = 1_700_000_000_000

/** A folder in room `boundaryId`, unless the members say otherwise. */
export function newNode(
  members: Pick<NewNode, 'id' | 'parentId' | 'name' | 'boundaryId'> & Partial<NewNode>,
): NewNode {
  return {
    kind: 'folder',
    currentId: members.id,
    homeOf: null,
    targetId: null,
    createdAt: madeAt,
    createdBy: 1,
    updatedAt: madeAt,
    updatedBy: 1,
    clientCreatedAt: null,
    clientModifiedAt: null,
    notes: null,
    classification: null,
    expireAt: null,
    content: null,
    room: null,
    encryptedBy: null,
    ...members,
  }
}

const roomFacts = { inherit: false, quota: null, trashDays: 30, hasActivities: true, outerId: null }

/** Inserts a room and answers its id. */
export async function addRoom(
  tx: Tx,
  parentId: number | null,
  name: string,
  members: Partial<NewNode> = {},
): Promise<number> {
  const id = await tx.nodes.takeIds(1)
  const room = { ...roomFacts, ...members.room }
  await tx.nodes.insert(
    newNode({ id, parentId, name, boundaryId: id, kind: 'room', ...members, room }),
  )
  await tx.tallies.create(id, madeAt)
  return id
}

/** Inserts a folder and answers its id. */
export async function addFolder(
  tx: Tx,
  parentId: number,
  name: string,
  members: Partial<NewNode> = {},
): Promise<number> {
  const parent = await tx.nodes.find(parentId)
  const id = await tx.nodes.takeIds(1)
  await tx.nodes.insert(newNode({ id, parentId, name, boundaryId: parent!.boundaryId, ...members }))
  await tx.tallies.create(id, madeAt)
  return id
}

/** Inserts a file with its first version and answers its id. */
export async function addFile(
  tx: Tx,
  parentId: number,
  name: string,
  size = 10,
  members: Partial<NewNode> = {},
): Promise<number> {
  const parent = await tx.nodes.find(parentId)
  const id = await tx.nodes.takeIds(1)
  const content = contentOf(id, size)
  const boundaryId = parent!.boundaryId
  await tx.nodes.insert(
    newNode({ id, parentId, name, boundaryId, kind: 'file', content, ...members }),
  )
  await tx.nodes.insertVersion({
    id,
    nodeId: id,
    content,
    createdAt: madeAt,
    createdBy: 1,
    supersededAt: null,
  })
  return id
}

export function contentOf(versionId: number, size: number) {
  const blobId = versionId.toString(16).padStart(32, '0')
  return { versionId, blobId, size, md5: null, sha256: null, mediaType: 'text/plain' }
}

/** A mount of a room in somebody's home. */
export async function addMount(
  tx: Tx,
  homeId: number,
  targetId: number,
  name: string,
): Promise<number> {
  const id = await tx.nodes.takeIds(1)
  await tx.nodes.insert(
    newNode({ id, parentId: homeId, name, boundaryId: homeId, kind: 'mount', targetId }),
  )
  return id
}

/** Gives a user a permission on a room and the row that follows from it there. */
export async function give(
  tx: Tx,
  roomId: number,
  userId: number,
  permissions: number,
  expireAt: number | null = null,
): Promise<void> {
  await tx.access.setGrant({ roomId, userId, permissions, expireAt })
  await tx.access.insert([{ boundaryId: roomId, userId, permissions, viaId: roomId, expireAt }])
}
