import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { buffer } from 'node:stream/consumers'
import type { App, Ctx } from '../../server/core/ctx.ts'
import { readFile } from '../../server/core/downloads/read-file.ts'
import { listChildren } from '../../server/core/nodes/list-children.ts'
import { loadConfig } from '../../server/main/config.ts'
import { firstStart } from '../../server/main/first-start.ts'
import { openLog } from '../../server/main/log.ts'
import { openApp } from '../../server/main/open-app.ts'
import { contextOf } from '../scene.ts'
import { adminPassword } from '../world.ts'
import { checkData } from './check-data.ts'
import type { Image } from './disk-model.ts'
import { emptyJournal, type Journal } from './journal.ts'
import { scratchRoot } from './scratch-root.ts'
import type { Client, Done } from './workload.ts'

/**
 * Opens what a power cut left and compares it with what had been answered; `deep`: hashes all bytes
 * and sweeps, too. Throws what is wrong.
 */
export async function checkImage(
  image: Image,
  clients: readonly Client[],
  answered: ReadonlySet<string>,
  deep: boolean,
): Promise<void> {
  const dataDir = mkdtempSync(join(scratchRoot, 'strongroom-cut-'))
  try {
    writeImage(image, dataDir)
    const config = loadConfig({
      STRONGROOM_DATA: dataDir,
      STRONGROOM_ADMIN_PASSWORD: adminPassword,
    })
    const open = await openApp(config, openLog({ level: 'silent' }))
    try {
      await firstStart(open.app, config)
      await compareClients(open.app, clients, answered)
      await checkData(open.app, { deep, sweeps: deep })
    } finally {
      await open.close()
    }
    checkDatabase(join(dataDir, 'strongroom.db'))
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

function writeImage(image: Image, dataDir: string): void {
  for (const [path, bytes] of image) {
    if (bytes === null) mkdirSync(join(dataDir, path), { mode: 0o700 })
    else writeFileSync(join(dataDir, path), bytes, { mode: 0o600 })
  }
}

function checkDatabase(path: string): void {
  if (!existsSync(path)) throw new Error(`${path} is missing`)
  const database = new DatabaseSync(path, { readOnly: true })
  try {
    const found = JSON.stringify(database.prepare('pragma integrity_check').all())
    if (found !== '[{"integrity_check":"ok"}]') throw new Error(`the database is damaged: ${found}`)
    const orphans = database.prepare('pragma foreign_key_check').all()
    if (orphans.length > 0) throw new Error(`broken references: ${JSON.stringify(orphans)}`)
  } finally {
    database.close()
  }
}

async function compareClients(
  app: App,
  clients: readonly Client[],
  answered: ReadonlySet<string>,
): Promise<void> {
  const tenant = await app.store.tenants.findDefault()
  if (!tenant) throw new Error('there is no tenant after the first start')
  const admin = await app.store.read(tenant.id, (tx) => tx.users.findByLogin('admin'))
  const ctx = contextOf(app, tenant, admin?.id ?? 0)
  for (const client of clients) {
    if (answered.has(client.opened)) await compareClient(ctx, client, answered)
  }
}

/** All whole operations are there, the one under way wholly or not at all. */
async function compareClient(
  ctx: Ctx,
  client: Client,
  answered: ReadonlySet<string>,
): Promise<void> {
  const whole = client.done.filter(({ answers }) => answered.has(answers.at(-1)!))
  const before = whole.at(-1)?.after ?? emptyJournal
  const underWay = client.done[whole.length]
  const allowed = underWay ? [before, underWay.after] : [before]
  const found = await contentOf(ctx, client)
  const isThere = allowed.findIndex((journal) => isSame(journal, found))
  if (isThere < 0) throw new Error(`after ${whole.length} operations: ${said(before, found)}`)
  if (underWay && isThere === 0) await compareUpload(ctx, underWay, answered)
}

/** Chunks of an upload under way whose arrival was answered are kept. */
async function compareUpload(
  ctx: Ctx,
  { operation, answers }: Done,
  answered: ReadonlySet<string>,
): Promise<void> {
  const { upload } = operation
  const steps = answers.filter((id) => answered.has(id)).length
  if (!upload || steps === 0) return
  const found = await ctx.read((tx) => tx.uploads.find(upload.id))
  const wanted = upload.stored[steps - 1] ?? 0
  if (!found || found.received < wanted) {
    throw new Error(`an upload has ${found?.received} of ${wanted} bytes that were answered`)
  }
}

async function contentOf(ctx: Ctx, { lane }: Client): Promise<Journal> {
  const files = new Map<string, Buffer>()
  const shares = new Set<string>()
  const page = { offset: 0, limit: 500 }
  for (const [letter, id] of Object.entries(lane.folders)) {
    const { items, total } = await listChildren(ctx, { parent: { id }, page })
    if (total !== items.length) throw new Error(`${items.length} of ${total} nodes are listed`)
    for (const { node } of items) {
      const file = await readFile(ctx, { node: { id: node.id } })
      files.set(`${letter}/${node.name}`, await buffer(await file.open()))
      const links = await ctx.read((tx) => tx.links.ofNode(node.id, 'download'))
      for (const link of links) shares.add(link.name)
    }
  }
  return { files, shares }
}

function isSame(one: Journal, other: Journal): boolean {
  if (one.files.size !== other.files.size) return false
  if ([...one.shares].sort().join() !== [...other.shares].sort().join()) return false
  for (const [path, bytes] of one.files) if (!other.files.get(path)?.equals(bytes)) return false
  return true
}

function said(wanted: Journal, found: Journal): string {
  const missing = [...wanted.files].filter(([path, bytes]) => !found.files.get(path)?.equals(bytes))
  const strange = [...found.files.keys()].filter((path) => !wanted.files.has(path))
  return `missing or other bytes: ${missing.map(([path]) => path)}; strange: ${strange}`
}
