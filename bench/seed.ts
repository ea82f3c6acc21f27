import { contextFor } from '../server/core/ctx.ts'
import { createFolder } from '../server/core/nodes/create-folder.ts'
import { ALL_ROLES } from '../server/core/permissions/permission.ts'
import { loadConfig } from '../server/main/config.ts'
import { firstStart } from '../server/main/first-start.ts'
import { openLog } from '../server/main/log.ts'
import { openApp } from '../server/main/open-app.ts'
import { benchPassword } from './server-process.ts'

/** Folders of these many children in the administrator's home; made before the server starts. */
export async function seedFolders(
  dataDir: string,
  env: Readonly<Record<string, string>>,
  sizes: readonly number[],
): Promise<Map<number, number>> {
  const config = loadConfig({
    STRONGROOM_DATA: dataDir,
    STRONGROOM_ADMIN_PASSWORD: benchPassword,
    STRONGROOM_LOG_LEVEL: 'warn',
    ...env,
  })
  const open = await openApp(config, openLog({ level: 'warn' }))
  await firstStart(open.app, config)
  const tenant = await open.app.store.tenants.findDefault()
  if (!tenant) throw new Error('the first start made no tenant')
  const admin = await open.app.store.read(tenant.id, (tx) => tx.users.findByLogin('admin'))
  if (!admin) throw new Error('the first start made no administrator')
  const actor = { kind: 'user', userId: admin.id, roles: ALL_ROLES, sessionId: 0 } as const
  const ctx = contextFor(open.app, tenant, actor, 'seed')
  const ids = new Map<number, number>()
  for (const size of sizes) {
    const folder = await createFolder(ctx, { parent: { id: admin.homeId }, name: `of ${size}` })
    const parent = { id: folder.node.id }
    await inParallel(size, 64, (index) => createFolder(ctx, { parent, name: `item ${index}` }))
    ids.set(size, folder.node.currentId)
  }
  await open.close()
  return ids
}

async function inParallel(
  count: number,
  workers: number,
  work: (index: number) => Promise<unknown>,
): Promise<void> {
  let next = 0
  const worker = async () => {
    while (next < count) await work(next++)
  }
  await Promise.all(Array.from({ length: workers }, worker))
}
