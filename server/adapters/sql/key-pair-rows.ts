import { fault } from '../../core/fault.ts'
import type {
  FileKey,
  FileKeyVersion,
  KeyHolder,
  KeyPair,
  KeyVersion,
} from '../../core/keys/key-pair.ts'
import type { PlacedKey } from '../../core/keys/key-store.ts'
import type { FileKeysTable, KeyPairsTable } from './schema/keys.ts'

/** Added to the slot of a pair when another one takes its place. */
export const previousSlots = 2

const versionSlots: Readonly<Record<KeyVersion, number>> = { 'RSA-4096': 0, A: 1 }

export function versionOfSlot(slot: number): KeyVersion {
  return slot % previousSlots === 0 ? 'RSA-4096' : 'A'
}

export function holderId(holder: KeyHolder): number {
  if (holder.kind === 'user') return holder.userId
  return holder.kind === 'room' ? holder.roomId : 0
}

export function toHolder(kind: string, id: number): KeyHolder {
  if (kind === 'user') return { kind, userId: id }
  return kind === 'room' ? { kind, roomId: id } : { kind: 'tenant' }
}

export function toKeyPair(row: KeyPairsTable): KeyPair {
  return {
    id: row.id,
    holder: toHolder(row.holder_kind, row.holder_id),
    version: versionOfSlot(row.slot),
    isPrevious: row.slot >= previousSlots,
    publicKey: row.public_key,
    privateKey: row.private_key,
    createdAt: row.created_at,
    createdBy: row.created_by,
  }
}

export function toKeyPairRow(tenantId: number, pair: KeyPair): KeyPairsTable {
  return {
    tenant_id: tenantId,
    id: pair.id,
    holder_kind: pair.holder.kind,
    holder_id: holderId(pair.holder),
    slot: versionSlots[pair.version] + (pair.isPrevious ? previousSlots : 0),
    public_key: pair.publicKey,
    private_key: pair.privateKey,
    created_at: pair.createdAt,
    created_by: pair.createdBy,
  }
}

type FileKeyRow = Pick<FileKeysTable, 'version' | 'wrapped_key' | 'iv' | 'tag'>

export function toFileKey(row: FileKeyRow): FileKey {
  const version = row.version as FileKeyVersion
  return { version, key: row.wrapped_key, iv: row.iv, tag: row.tag }
}

export function toPlacedKey(row: FileKeysTable): PlacedKey {
  const { node_id: nodeId, version_id: versionId, pair_id: pairId } = row
  return { nodeId, versionId, pairId, fileKey: toFileKey(row) }
}

export function toFileKeyRow(tenantId: number, placed: PlacedKey): FileKeysTable {
  const { version, key, iv, tag } = placed.fileKey
  return {
    tenant_id: tenantId,
    node_id: placed.nodeId,
    version_id: placed.versionId,
    pair_id: placed.pairId,
    version,
    wrapped_key: key,
    iv,
    tag,
  }
}

export function refuseTaken(version: KeyVersion): never {
  return fault('exists', 'key-pair', undefined, { version })
}
