import type { Ctx } from '../../core/ctx.ts'
import { findNode } from '../../core/nodes/find-node.ts'
import { listChildren } from '../../core/nodes/list-children.ts'
import type { NodeView } from '../../core/nodes/node.ts'
import type { FaceRequest, Row } from '../operation.ts'
import type { DeskEnv } from './generated/shapes.ts'
import { op } from './op.ts'
import { presentList } from './present-node.ts'
import { amount, domainOf, locate } from './present-place.ts'
import { privilegeWord } from './privileges.ts'
import { pageOf, sortOf } from './query.ts'

/** The hub of these is always the caller's own (dossier 2). */
export const deskRows: Row[] = [
  op('desk.get_env', {
    auth: 'session',
    run: (ctx) => findNode(ctx, { node: { path: [] } }),
    reply: (home, _given, ctx, request) => presentDesk(ctx, home, request),
  }),
  op('desk.home', {
    auth: 'session',
    run: (ctx, { body }) =>
      listChildren(ctx, {
        parent: { path: [] },
        includeMounts: true,
        sort: sortOf(body),
        page: pageOf(body),
      }),
    reply: ({ items, parent }, { body }, ctx) => presentList(ctx, items, parent, body.page ?? 1),
  }),
]

function presentDesk(ctx: Ctx, home: NodeView, request: FaceRequest): DeskEnv {
  const { hubId, homeId } = locate(ctx, home)
  const quota = amount(home.node.room?.quota ?? ctx.tenant.quota)
  return {
    nid: homeId,
    home_id: homeId,
    hub_id: hubId,
    vhost: domainOf(request),
    wicket_id: null,
    area: 'personal',
    filenames: [],
    privilege: privilegeWord(home.permissions),
    disk: {
      quota_disk: quota,
      watermark: quota,
      desk: home.tally.size,
      private: 0,
      share: 0,
      chat: 0,
    },
  }
}
