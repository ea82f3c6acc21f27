import { openedTo } from '../../core/openings/opened-to.ts'
import { sharedWith } from '../../core/openings/shared-with.ts'
import type { Row } from '../operation.ts'
import { nodeRef, nodeRefs } from './hub.ts'
import { op } from './op.ts'
import { presentInbound, presentOutbound } from './present-outbound.ts'
import { refuseInput } from './refuse.ts'

/** What is shared of nodes: by the caller, or to him. */
export const shareboxAttributeRows: Row[] = [
  op('sharebox.get_outbound_node_attr', {
    auth: 'session',
    run: (ctx, { body }) => openedTo(ctx, { nodes: nodeRefs(ctx, body.nid, body.hub_id) }),
    reply: (openings, _given, ctx, request) => presentOutbound(ctx, openings, request),
  }),
  op('sharebox.get_inbound_node_attr', {
    auth: 'session',
    run: (ctx, { body }) => sharedWith(ctx, { nodes: nodeRefs(ctx, body.nid, body.hub_id) }),
    reply: (shares, _given, ctx, request) => presentInbound(ctx, shares, request),
  }),
  op('sharebox.get_node_share_attr', {
    auth: 'session',
    run: async (ctx, { body }) => {
      const nodes = [nodeRef(ctx, body)]
      if (body.option === 'outbound') return { openings: await openedTo(ctx, { nodes }) }
      if (body.option === 'inbound') return { shares: await sharedWith(ctx, { nodes }) }
      return refuseInput('option', 'word', 'option is outbound or inbound')
    },
    reply: ({ openings = [], shares }, _given, ctx, request) =>
      shares ? presentInbound(ctx, shares, request) : presentOutbound(ctx, openings, request),
  }),
]
