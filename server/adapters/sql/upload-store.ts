import { type Kysely, sql } from 'kysely'
import type { OnClash } from '../../core/nodes/node.ts'
import type { FoundUpload, Upload, UploadPart, UploadState } from '../../core/uploads/upload.ts'
import type { UploadEnd, UploadProgress, UploadStore } from '../../core/uploads/upload-store.ts'
import { kindOf } from './engine-handle.ts'
import { ids } from './ids.ts'
import { prepared } from './prepared.ts'
import type { UploadPartsTable, UploadsTable } from './schema/transfers.ts'
import type { Database } from './schema.ts'
import { idList, inList, pick, type Scope, statement } from './scope.ts'

type Handle = Kysely<Database>
type One = { tenantId: number; id: number }

const columns = [
  'tenant_id',
  'id',
  'token_digest',
  'state',
  'parent_id',
  'name',
  'user_id',
  'export_id',
  'link_id',
  'size',
  'md5',
  'media_type',
  'client_created_at',
  'client_modified_at',
  'notes',
  'classification',
  'expire_at',
  'on_clash',
  'expect_version',
  'direct',
  'direct_key',
  'direct_reference',
  'received',
  'part_count',
  'reserved',
  'created_at',
  'expires_at',
  'node_id',
  'failure',
] as const satisfies readonly (keyof UploadsTable)[]

const insertUpload = prepared((db: Handle, row: UploadsTable) =>
  db.insertInto('uploads').values(pick(row, columns)),
)
/** See `FoundUpload`; `never` stands for no end. */
const never = Number.MAX_SAFE_INTEGER
const userUntil = sql<number | null>`case when uploads.user_id is null then null else coalesce(
  (select case when u.is_locked <> 0 then 0 else coalesce(u.expire_at, ${sql.lit(never)}) end
    from users u where u.tenant_id = uploads.tenant_id and u.id = uploads.user_id), 0) end`
const found = (db: Handle, tenantId: number) =>
  db
    .selectFrom('uploads')
    .selectAll('uploads')
    .select(userUntil.as('user_until'))
    .where('tenant_id', '=', tenantId)
const selectUpload = (db: Handle, { tenantId, id }: One) => found(db, tenantId).where('id', '=', id)
const byId = prepared(selectUpload)
const byIdForUpdate = prepared((db: Handle, one: One) => selectUpload(db, one).forUpdate())
const byDigest = prepared((db: Handle, values: { tenantId: number; digest: string }) =>
  found(db, values.tenantId).where('token_digest', '=', values.digest),
)
const updateProgress = prepared((db: Handle, values: One & UploadProgress) =>
  db
    .updateTable('uploads')
    .set({
      received: values.received,
      part_count: values.partCount,
      reserved: values.reserved,
      expires_at: values.expiresAt,
    })
    .where('tenant_id', '=', values.tenantId)
    .where('id', '=', values.id),
)
const updateState = prepared((db: Handle, values: One & UploadEnd) =>
  db
    .updateTable('uploads')
    .set({
      state: values.state,
      node_id: values.nodeId,
      failure: values.failure,
      reserved: values.reserved,
    })
    .where('tenant_id', '=', values.tenantId)
    .where('id', '=', values.id),
)

const selectParts = prepared((db: Handle, { tenantId, id }: One) =>
  db
    .selectFrom('upload_parts')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('upload_id', '=', id)
    .orderBy('position'),
)
const upsertPart = prepared((db: Handle, row: UploadPartsTable) => {
  const { start, size, key, bytes, md5 } = row
  return db
    .insertInto('upload_parts')
    .values({
      tenant_id: row.tenant_id,
      upload_id: row.upload_id,
      position: row.position,
      start,
      size,
      key,
      bytes,
      md5,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['tenant_id', 'upload_id', 'position'])
        .doUpdateSet({ start, size, key, bytes, md5 }),
    )
})
const deletePartsFrom = prepared((db: Handle, values: One & { position: number }) =>
  db
    .deleteFrom('upload_parts')
    .where('tenant_id', '=', values.tenantId)
    .where('upload_id', '=', values.id)
    .where('position', '>=', values.position),
)

type Reserved = { tenantId: number; list: unknown; exceptId: number }
const selectReserved = prepared((db: Handle, values: Reserved) =>
  statement(
    db,
    sql<{ room_id: number; bytes: number }>`select r.room_id, sum(u.reserved) as bytes
      from upload_rooms r
      join uploads u on u.tenant_id = r.tenant_id and u.id = r.upload_id
      where r.tenant_id = ${values.tenantId} and ${inList(kindOf(db), 'r.room_id', values.list)}
        and r.upload_id <> ${values.exceptId}
      group by r.room_id`,
  ),
)

/** Uploads of one tenant. */
export function uploadStore(scope: Scope): UploadStore {
  const { db, kind, tenantId } = scope
  const read = async (find: typeof byId, id: number) =>
    toFound((await find(db, { tenantId, id })).rows[0])
  return {
    takeId: () => ids.next(db, 'uploads'),
    async insert(upload, digest) {
      await insertUpload(db, toRow(tenantId, upload, digest))
    },
    find: (id) => read(byId, id),
    // SQLite has one writer: nobody else changes the row until it ends.
    findForUpdate: (id) => read(kind === 'sqlite' ? byId : byIdForUpdate, id),
    async findByToken(digest) {
      return toFound((await byDigest(db, { tenantId, digest })).rows[0])
    },
    async setProgress(id, progress) {
      await updateProgress(db, { tenantId, id, ...progress })
    },
    async setState(id, end) {
      await updateState(db, { tenantId, id, ...end })
    },
    async parts(id) {
      return (await selectParts(db, { tenantId, id })).rows.map(toPart)
    },
    findPart: (id, position) => findPart(scope, id, position),
    partTags: (id) => partTags(scope, id),
    async putPart(id, { offset, ...part }) {
      await upsertPart(db, { tenant_id: tenantId, upload_id: id, start: offset, ...part })
    },
    async removePartsFrom(id, position) {
      await deletePartsFrom(db, { tenantId, id, position })
    },
    setRooms: (id, roomIds) => setRooms(scope, id, roomIds),
    async reservedIn(roomIds, exceptId) {
      if (roomIds.length === 0) return new Map()
      const list = idList(scope, roomIds)
      const { rows } = await selectReserved(db, { tenantId, list, exceptId: exceptId ?? 0 })
      return new Map(rows.map((row) => [row.room_id, row.bytes]))
    },
    expired: (now, limit) => expiredUploads(scope, now, limit),
    remove: (id) => removeUpload(scope, id),
  }
}

async function findPart(
  { db, tenantId }: Scope,
  id: number,
  position: number,
): Promise<Pick<UploadPart, 'key' | 'size'> | undefined> {
  return db
    .selectFrom('upload_parts')
    .select(['key', 'size'])
    .where('tenant_id', '=', tenantId)
    .where('upload_id', '=', id)
    .where('position', '=', position)
    .executeTakeFirst()
}

async function partTags(
  { db, tenantId }: Scope,
  id: number,
): Promise<Pick<UploadPart, 'position' | 'md5'>[]> {
  return db
    .selectFrom('upload_parts')
    .select(['position', 'md5'])
    .where('tenant_id', '=', tenantId)
    .where('upload_id', '=', id)
    .orderBy('position')
    .execute()
}

async function setRooms(
  { db, tenantId }: Scope,
  id: number,
  roomIds: readonly number[],
): Promise<void> {
  if (roomIds.length === 0) return
  await db
    .insertInto('upload_rooms')
    .values(roomIds.map((room) => ({ tenant_id: tenantId, room_id: room, upload_id: id })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

async function expiredUploads(
  { db, tenantId }: Scope,
  now: number,
  limit: number,
): Promise<Upload[]> {
  const rows = await db
    .selectFrom('uploads')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('expires_at', '<=', now)
    .orderBy('expires_at')
    .limit(limit)
    .execute()
  return rows.map(toUpload)
}

async function removeUpload({ db, tenantId }: Scope, id: number): Promise<void> {
  for (const table of ['upload_parts', 'upload_rooms'] as const) {
    await db
      .deleteFrom(table)
      .where('tenant_id', '=', tenantId)
      .where('upload_id', '=', id)
      .execute()
  }
  await db.deleteFrom('uploads').where('tenant_id', '=', tenantId).where('id', '=', id).execute()
}

function toRow(tenantId: number, upload: Upload, digest: string): UploadsTable {
  return {
    tenant_id: tenantId,
    id: upload.id,
    token_digest: digest,
    state: upload.state,
    parent_id: upload.parentId,
    name: upload.name,
    user_id: upload.userId,
    export_id: upload.exportId,
    link_id: upload.linkId,
    size: upload.size,
    md5: upload.md5,
    media_type: upload.mediaType,
    client_created_at: upload.clientCreatedAt,
    client_modified_at: upload.clientModifiedAt,
    notes: upload.notes,
    classification: upload.classification,
    expire_at: upload.expireAt,
    on_clash: upload.onClash,
    expect_version: upload.expectVersion,
    direct: Number(upload.direct),
    direct_key: upload.directKey,
    direct_reference: upload.directReference,
    received: upload.received,
    part_count: upload.partCount,
    reserved: upload.reserved,
    created_at: upload.createdAt,
    expires_at: upload.expiresAt,
    node_id: upload.nodeId,
    failure: upload.failure,
  }
}

function toFound(
  row: (UploadsTable & { user_until: number | null }) | undefined,
): FoundUpload | undefined {
  if (!row) return undefined
  const { user_until: until } = row
  return { ...toUpload(row), userUntil: until === never ? null : until }
}

function toUpload(row: UploadsTable): Upload {
  return {
    id: row.id,
    state: row.state as UploadState,
    parentId: row.parent_id,
    name: row.name,
    userId: row.user_id,
    exportId: row.export_id,
    linkId: row.link_id,
    size: row.size,
    md5: row.md5,
    mediaType: row.media_type,
    clientCreatedAt: row.client_created_at,
    clientModifiedAt: row.client_modified_at,
    notes: row.notes,
    classification: row.classification,
    expireAt: row.expire_at,
    onClash: row.on_clash as OnClash,
    expectVersion: row.expect_version,
    direct: row.direct === 1,
    directKey: row.direct_key,
    directReference: row.direct_reference,
    received: row.received,
    partCount: row.part_count,
    reserved: row.reserved,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    nodeId: row.node_id,
    failure: row.failure,
  }
}

function toPart(row: UploadPartsTable): UploadPart {
  const { position, start, size, key, bytes, md5 } = row
  return { position, offset: start, size, key, bytes, md5 }
}
