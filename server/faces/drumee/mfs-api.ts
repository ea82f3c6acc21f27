import { createExport } from '../../core/exports/create-export.ts'
import type { Export } from '../../core/exports/export-store.ts'
import { type ExportWithToken, listExports } from '../../core/exports/list-exports.ts'
import { revokeExport } from '../../core/exports/revoke-export.ts'
import { type Fault, fault } from '../../core/fault.ts'
import type { Row } from '../operation.ts'
import type { MfsRefusal, MfsTokenRow } from './generated/shapes.ts'
import { nodeRef } from './hub.ts'
import { exportCode, nodeCode, readCode, seconds } from './ids.ts'
import { op } from './op.ts'
import { wordPermissions } from './privileges.ts'

/** Hours that a token may live; 0 is for ever (TSV, mfs_api.create_token). */
const maxHours = 8760
const maxWord = 63
const defaults = { hours: 24, word: 2 }

export const mfsApiRows: Row[] = [
  op('mfs_api.create_token', {
    auth: 'session',
    changes: true,
    run: (ctx, { body }) =>
      createExport(ctx, {
        node: nodeRef(ctx, body, 'target'),
        permissions: permissionsOf(body.permission ?? defaults.word),
        ttlSeconds: lifetime(body.expiry_hours ?? defaults.hours),
        label: readCode(body.hub_id) ? body.hub_id : '',
      }),
    reply: ({ export: made, token }) => ({
      status: 'ok' as const,
      token,
      ...facts(made),
      message: 'The token opens this node and what lies below it',
    }),
    refusal: refused({ permissions: 'invalid_permission', ttlSeconds: 'invalid_expiry' }),
  }),
  op('mfs_api.list', {
    auth: 'session',
    run: (ctx) => listExports(ctx),
    reply: (made, _given, ctx) => {
      const tokens = made.flatMap((each) => presentRow(each, ctx.now))
      return { status: 'ok' as const, tokens, count: tokens.length }
    },
  }),
  op('mfs_api.revoke', {
    auth: 'session',
    changes: true,
    run: (ctx, { body }) => revokeExport(ctx, { token: body.token.trim() }),
    reply: (gone, { body }) => {
      const { hub_id, node_id } = facts(gone)
      const message = 'The token is revoked'
      return { status: 'ok' as const, token: body.token.trim(), hub_id, node_id, message }
    },
    refusal: refused({}),
  }),
]

function permissionsOf(word: number): number {
  if (word < 1 || word > maxWord) refuse('permissions')
  return wordPermissions(word)
}

function lifetime(hours: number): number | null {
  if (hours < 0 || hours > maxHours) refuse('ttlSeconds')
  return hours === 0 ? null : hours * 3600
}

function refuse(field: string): never {
  return fault('invalid', 'export', undefined, { field, rule: 'range' })
}

const messages = {
  invalid_permission: 'permission is a number from 1 to 63 that gives at least one right',
  invalid_expiry: `expiry_hours is a number from 0 to ${maxHours}`,
  unauthorized: 'There is no such token, or it is not yours to revoke',
} as const

/** Refusals with status 200: what core says of the token itself. */
function refused(byField: Readonly<Record<string, 'invalid_permission' | 'invalid_expiry'>>) {
  return (problem: Fault): MfsRefusal | undefined => {
    if (problem.subject !== 'export') return undefined
    const byRule = problem.code === 'not-found' ? ('unauthorized' as const) : undefined
    const error = byRule ?? byField[String(problem.data.field)]
    return error && { status: 'error', error, message: messages[error] }
  }
}

/** The label holds the hub by which the node was named. */
function facts(made: Export) {
  return {
    pseudo_entity_uid: exportCode(made.id),
    hub_id: readCode(made.label) ? made.label.trim().toLowerCase() : nodeCode(made.nodeId),
    node_id: nodeCode(made.nodeId),
    expiry_time: made.expireAt === null ? 0 : seconds(made.expireAt),
    ctime: seconds(made.createdAt),
  }
}

/** Only who made a token is told it again; what others made is not listed. */
function presentRow({ export: made, token }: ExportWithToken, now: number): MfsTokenRow[] {
  if (token === null) return []
  const isOver = made.expireAt !== null && made.expireAt <= now
  const lasting = isOver ? 'expired' : 'active'
  return [
    {
      token,
      ...facts(made),
      status: made.expireAt === null ? 'never' : lasting,
      expiry_display: made.expireAt === null ? 'never' : iso(made.expireAt),
      created_at: iso(made.createdAt),
    },
  ]
}

function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}
