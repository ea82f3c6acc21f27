import { accessRows } from '../permissions/access-rows.ts'
import type { Access } from '../permissions/access-store.ts'
import { applyGrants } from '../permissions/apply-grants.ts'
import { passageTo } from '../permissions/passage.ts'
import type { Tx } from '../store.ts'
import type { Check } from './check-everything.ts'

const page = 200

/** Access rows are what follows from the grants, of every live room, and there are no others. */
export async function checkAccess(check: Check): Promise<void> {
  const { ctx, progress } = check
  let done = 0
  for (let after = 0; ; ) {
    const from = after
    const rooms = await ctx.read((tx) => tx.checks.rooms(from, page))
    for (const id of rooms) if (await ctx.read((tx) => differs(tx, id))) await checkRoom(check, id)
    done += rooms.length
    progress('access', done)
    if (rooms.length < page) break
    after = rooms.at(-1)!
  }
  await checkStray(check)
}

/** Again, alone with the tree. */
async function checkRoom({ ctx, repair, report }: Check, id: number): Promise<void> {
  const wrong = await ctx.write(async (tx) => {
    await tx.nodes.lockTree()
    if (!(await tx.nodes.find(id)) || !(await differs(tx, id))) return undefined
    const rows = {
      expected: said(await expectedRows(tx, id)),
      found: said(await tx.checks.accessVia(id)),
    }
    if (repair) await applyGrants(ctx, tx, id)
    return rows
  })
  if (wrong) report({ kind: 'access', nodeId: id, ...wrong, repaired: repair })
}

async function checkStray({ ctx, repair, report }: Check): Promise<void> {
  const found = await ctx.write(async (tx) => {
    await tx.nodes.lockTree()
    const stray = await tx.checks.strayAccess(page)
    if (repair) await tx.access.removeAllVia([...new Set(stray.map(({ viaId }) => viaId))])
    return stray
  })
  for (const row of found) {
    report({
      kind: 'access',
      nodeId: row.viaId,
      expected: '',
      found: said([row]),
      repaired: repair,
    })
  }
}

async function expectedRows(tx: Tx, roomId: number): Promise<Access[]> {
  const holdings = await tx.access.holdingsOf(roomId)
  if (holdings.length === 0) return []
  const room = await tx.nodes.find(roomId)
  if (!room) return []
  const above = passageTo(await tx.nodes.ancestors(roomId), room)
  const inheriting = await tx.access.inheriting(roomId)
  return accessRows(
    holdings,
    inheriting,
    above.map(({ id }) => id),
  )
}

async function differs(tx: Tx, roomId: number): Promise<boolean> {
  return said(await expectedRows(tx, roomId)) !== said(await tx.checks.accessVia(roomId))
}

/** One text per set of rows: boundary:user(/group)=permissions(@end). */
function said(rows: readonly Access[]): string {
  const texts = rows.map(({ boundaryId, userId, groupId, permissions, expireAt }) => {
    const group = groupId === undefined ? '' : `/${groupId}`
    const end = expireAt === null ? '' : `@${expireAt}`
    return `${boundaryId}:${userId}${group}=${permissions}${end}`
  })
  return texts.sort().join(' ')
}
