import { type RawBuilder, sql } from 'kysely'
import type { CheckStore, Reference } from '../../core/check/check-store.ts'
import type { Database } from './schema.ts'
import type { Scope } from './scope.ts'

type Table = keyof Database

/** Rows that mean nothing without what their column names; 0, '' and null name nothing. */
type Rule = Reference & {
  readonly table: Table
  readonly column: string
  readonly target: Table
  /** Which rows are meant, as a condition on `t`. */
  readonly where?: RawBuilder<unknown>
  /** What else must agree with the target `r`. */
  readonly and?: RawBuilder<unknown>
}

const targets = {
  node: 'nodes',
  version: 'versions',
  user: 'users',
  group: 'groups',
  comment: 'comments',
  'key pair': 'key_pairs',
  link: 'links',
  webhook: 'webhooks',
  event: 'events',
  upload: 'uploads',
  blob: 'blobs',
} as const satisfies Record<Reference['of'], Table>

function rule(
  things: string,
  of: Reference['of'],
  table: Table,
  column: string,
  more: Pick<Rule, 'where' | 'and'> = {},
): Rule {
  const first = of === 'blob' ? '' : 0
  return { things, of, first, table, column, target: targets[of], ...more }
}

/**
 * What may be left behind for a while is not here: files and subscriptions of links that are gone,
 * which the sweep takes.
 */
export const referenceRules: readonly Rule[] = [
  rule('comments', 'node', 'comments', 'node_id'),
  rule('people of comment tasks', 'comment', 'comment_assignees', 'comment_id'),
  rule('people of comment tasks', 'user', 'comment_assignees', 'user_id'),
  rule('favourites', 'node', 'favorites', 'node_id'),
  rule('favourites', 'user', 'favorites', 'user_id'),
  rule('file keys', 'node', 'file_keys', 'node_id'),
  rule('file keys', 'version', 'file_keys', 'version_id', { and: sql`r.node_id = t.node_id` }),
  rule('file keys', 'key pair', 'file_keys', 'pair_id'),
  rule('key pairs', 'user', 'key_pairs', 'holder_id', { where: sql`t.holder_kind = 'user'` }),
  rule('key pairs', 'node', 'key_pairs', 'holder_id', { where: sql`t.holder_kind = 'room'` }),
  rule('encrypted rooms', 'node', 'encrypted_rooms', 'room_id'),
  rule('grants', 'node', 'grants', 'room_id'),
  rule('grants', 'user', 'grants', 'user_id'),
  rule('grants', 'group', 'grants', 'group_id'),
  rule('members', 'group', 'group_members', 'group_id'),
  rule('members', 'user', 'group_members', 'user_id'),
  rule('admissions', 'node', 'admissions', 'room_id'),
  rule('admissions', 'group', 'admissions', 'group_id'),
  rule('admissions', 'user', 'admissions', 'user_id'),
  rule('subscriptions', 'node', 'node_subscriptions', 'node_id'),
  rule('subscriptions', 'user', 'node_subscriptions', 'user_id'),
  rule('subscriptions', 'user', 'link_subscriptions', 'user_id'),
  rule('webhooks of rooms', 'node', 'room_webhooks', 'room_id'),
  rule('webhooks of rooms', 'webhook', 'room_webhooks', 'webhook_id'),
  rule('invitations', 'node', 'invitations', 'node_id'),
  rule('invitations', 'user', 'invitations', 'user_id'),
  rule('invitations', 'group', 'invitations', 'group_id'),
  rule('publications', 'node', 'publications', 'node_id'),
  rule('offers', 'node', 'offers', 'node_id'),
  rule('offers', 'user', 'offers', 'owner_id'),
  rule('offers', 'user', 'offers', 'receiver_id'),
  rule('links', 'node', 'links', 'node_id'),
  rule('files of links', 'node', 'link_files', 'node_id'),
  rule('exports', 'node', 'exports', 'node_id'),
  rule('notices', 'user', 'notices', 'user_id'),
  rule('sessions', 'user', 'sessions', 'user_id'),
  rule('profiles', 'user', 'profiles', 'user_id'),
  rule('attributes', 'user', 'user_attributes', 'user_id'),
  rule('avatars', 'user', 'avatars', 'user_id'),
  rule('values', 'user', 'kept_values', 'owner_id'),
  rule('news', 'user', 'news_seen', 'user_id'),
  rule('recipients', 'event', 'event_recipients', 'event_id'),
  rule('recipients', 'user', 'event_recipients', 'user_id'),
  rule('previews', 'blob', 'previews', 'blob_id'),
  rule('pictures of previews', 'blob', 'previews', 'picture_id'),
  rule('feedback', 'user', 'feedback', 'user_id'),
  rule('parts', 'upload', 'upload_parts', 'upload_id'),
  rule('rooms of uploads', 'upload', 'upload_rooms', 'upload_id'),
]

export const referenceCount = referenceRules.length

/** Rows that refer to something that is gone; each found in one statement, so in one state. */
export function checkReferences(
  scope: Scope,
): Pick<CheckStore, 'references' | 'dangling' | 'removeDangling'> {
  const { db, tenantId } = scope
  return {
    references: referenceRules,
    async dangling(reference, after, limit) {
      const one = ruleOf(reference)
      const column = sql.ref(`t.${one.column}`)
      const { rows } = await sql<{ id: number | string; count: number }>`
        select ${column} as id, count(*) as count from ${sql.table(one.table)} t
        where t.tenant_id = ${tenantId} and ${column} > ${after} and ${isDangling(one)}
        group by ${column} order by ${column} limit ${limit}`.execute(db)
      return rows
    },
    async removeDangling(reference, ids) {
      const one = ruleOf(reference)
      await sql`delete from ${sql.table(one.table)} as t
        where t.tenant_id = ${tenantId} and ${sql.ref(`t.${one.column}`)} in (${sql.join(ids)})
          and ${isDangling(one)}`.execute(db)
    },
  }
}

function ruleOf(reference: Reference): Rule {
  const found = referenceRules.find((one) => one === reference)
  if (!found) throw new Error(`no such reference: ${reference.things} of a ${reference.of}`)
  return found
}

function isDangling({ column, first, target, where, and }: Rule): RawBuilder<boolean> {
  const own = sql.ref(`t.${column}`)
  return sql<boolean>`${own} <> ${sql.lit(first)} ${where ? sql`and ${where}` : sql``}
    and not exists (select 1 from ${sql.table(target)} r
      where r.tenant_id = t.tenant_id and r.id = ${own} ${and ? sql`and ${and}` : sql``})`
}
