import type { AttributeFilter, AttributeSort } from '../../core/attributes/attribute-store.ts'
import { listOwnAttributes } from '../../core/attributes/list-own-attributes.ts'
import { removeOwnAttribute } from '../../core/attributes/remove-own-attribute.ts'
import { setOwnAttributes } from '../../core/attributes/set-own-attributes.ts'
import type { Row } from '../operation.ts'
import type { ProfileAttributesRequest } from './generated/shapes.ts'
import { op } from './op.ts'
import { presentRange } from './present-node.ts'
import { parseFilter, parseRange, parseSort, text } from './query.ts'

/** Texts that a user's programs keep under keys (tag `user`). */
export const profileAttributeRows: Row[] = [
  op('requestProfileAttributes', {
    auth: 'user',
    run: (ctx, { params }) =>
      listOwnAttributes(ctx, {
        filter: readAttributeFilter(params.filter),
        sort: readAttributeSort(params.sort),
        page: parseRange(params),
      }),
    reply: (page) => ({ range: presentRange(page), items: [...page.items] }),
  }),

  op('updateProfileAttributes', {
    auth: 'user',
    run: (ctx, { body }) => setOwnAttributes(ctx, { attributes: body.items }),
    reply: (_done, { body }) => written(body),
  }),

  op('setProfileAttributes', {
    auth: 'user',
    run: (ctx, { body }) => setOwnAttributes(ctx, { attributes: body.items, replace: true }),
    reply: (_done, { body }) => written(body),
  }),

  op('removeProfileAttribute', {
    auth: 'user',
    run: (ctx, { params }) => removeOwnAttribute(ctx, { key: params.key }),
    reply: () => undefined,
  }),
]

const matches = { cn: text, eq: text, sw: text } as const
const fields = { key: matches, value: matches } as const

/** Filter of a list of attributes (dossier 5). */
export function readAttributeFilter(raw: string | undefined): AttributeFilter {
  const { key = {}, value = {} } = parseFilter(raw, fields)
  return {
    key: { contains: key.cn, equals: key.eq, starts: key.sw },
    value: { contains: value.cn, equals: value.eq, starts: value.sw },
  }
}

export function readAttributeSort(raw: string | undefined): AttributeSort[] {
  return parseSort(raw, { key: 'key', value: 'value' } as const)
}

const written = ({ items }: ProfileAttributesRequest) => ({
  range: { offset: 0, limit: items.length, total: items.length },
  items,
})
