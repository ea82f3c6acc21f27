import { Readable } from 'node:stream'
import { type Actor, type App, type Ctx, contextFor } from '../server/core/ctx.ts'
import { createFolder } from '../server/core/nodes/create-folder.ts'
import { createRoom } from '../server/core/nodes/create-room.ts'
import {
  ALL,
  ALL_ROLES,
  CHANGE,
  CREATE,
  DELETE,
  MANAGE_DOWNLOAD_LINKS,
  MANAGE_UPLOAD_LINKS,
  READ,
  READ_TRASH,
  RESTORE_TRASH,
} from '../server/core/permissions/permission.ts'
import { setRoomGrants } from '../server/core/permissions/set-room-grants.ts'
import { createTenant } from '../server/core/tenants/create-tenant.ts'
import type { Tenant } from '../server/core/tenants/tenant.ts'
import { storeFile } from '../server/core/uploads/store-file.ts'
import { createUser } from '../server/core/users/create-user.ts'
import { standardClients } from '../server/faces/dracoon/standard-clients.ts'
import type { Given, Persona } from './row.ts'
import { adminPassword, type World } from './world.ts'

export type Someone = Exclude<Persona, null>
export const password = adminPassword
/** The host name on which the other tenant answers; the default one has 127.0.0.1. */
export const strangerHost = 'localhost'

export const writerPermissions =
  READ |
  CREATE |
  CHANGE |
  DELETE |
  MANAGE_DOWNLOAD_LINKS |
  MANAGE_UPLOAD_LINKS |
  READ_TRASH |
  RESTORE_TRASH

/** The people of a world, and the tenant they live in. */
export type Cast = {
  readonly tenant: Tenant
  readonly other: Tenant
  readonly ids: Readonly<Record<Someone, number>>
}

/** Context of a user with every role, for making states. */
export function contextOf(app: App, tenant: Tenant, userId: number): Ctx {
  const actor: Actor = { kind: 'user', userId, roles: ALL_ROLES, sessionId: 0 }
  return contextFor(app, tenant, actor, 'given')
}

/**
 * Makes manager, writer, reader and member in the default tenant, and another tenant beside it,
 * which may have so many users.
 */
export async function castPeople(world: World, maxUsersElsewhere?: number): Promise<Cast> {
  const { app } = world
  const tenant = await app.store.tenants.findDefault()
  if (!tenant) throw new Error('the world has no default tenant')
  const admin = await app.store.read(tenant.id, (tx) => tx.users.findByLogin('admin'))
  if (!admin) throw new Error('the world has no administrator')
  const ctx = contextOf(app, tenant, admin.id)
  const made: Partial<Record<Someone, number>> = { admin: admin.id }
  for (const name of ['manager', 'writer', 'reader', 'member'] as const) {
    const { user } = await createUser(ctx, {
      userName: name,
      firstName: name,
      lastName: 'Person',
      email: `${name}@example.test`,
      password,
    })
    made[name] = user.id
  }
  const stranger = await createTenant(app, {
    name: 'Elsewhere',
    hosts: [strangerHost],
    isDefault: false,
    admin: { userName: 'stranger', password },
    standardClients,
    maxUsers: maxUsersElsewhere,
  })
  if (!stranger) throw new Error('the other tenant was not made')
  made.stranger = stranger.adminId
  return { tenant, other: stranger.tenant, ids: made as Record<Someone, number> }
}

/**
 * Makes a top room with the cast's grants and what is given below it; answers the core's ids by
 * path ('/' is the room).
 */
export async function makeGiven(
  app: App,
  cast: Cast,
  roomName: string,
  given: Given,
): Promise<Map<string, number>> {
  const ctx = contextOf(app, cast.tenant, cast.ids.admin)
  const room = await createRoom(ctx, {
    parent: null,
    name: roomName,
    adminIds: [cast.ids.admin, cast.ids.manager],
  })
  const roomRef = { id: room.node.id }
  await setRoomGrants(ctx, {
    room: roomRef,
    grants: [
      { userId: cast.ids.manager, permissions: ALL },
      { userId: cast.ids.writer, permissions: writerPermissions },
      { userId: cast.ids.reader, permissions: READ },
    ],
  })
  const ids = new Map([['/', room.node.id]])
  for (const [path, what] of Object.entries(given)) {
    const at = path.lastIndexOf('/')
    const parentId = ids.get(path.slice(0, at) || '/')
    if (parentId === undefined) throw new Error(`given: the parent of ${path} comes before it`)
    const place = { parent: { id: parentId }, name: path.slice(at + 1) }
    const view =
      what === 'room'
        ? await createRoom(ctx, { ...place, inherit: true })
        : what === 'folder'
          ? await createFolder(ctx, place)
          : await storeFile(ctx, { ...place, source: Readable.from([bytesOf(what.file)]) })
    ids.set(path, view.node.id)
  }
  return ids
}

function bytesOf(file: string | Uint8Array): Uint8Array {
  return typeof file === 'string' ? Buffer.from(file) : file
}
