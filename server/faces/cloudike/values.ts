import { ownValue } from '../../core/values/own-value.ts'
import { setOwnValue } from '../../core/values/set-own-value.ts'
import { setTenantValue } from '../../core/values/set-tenant-value.ts'
import { tenantValue } from '../../core/values/tenant-value.ts'
import type { Row } from '../operation.ts'
import { op } from './op.ts'
import { refuseInput } from './refuse.ts'

/** Values under keys: a user's own texts, and JSON that the whole tenant reads. */
export const valueRows: readonly Row[] = [
  op('accountsSetValue', {
    auth: 'user',
    run: (ctx, { body }) => setOwnValue(ctx, { key: body.key, value: body.value }),
    reply: ({ isNew }, { body }) => (isNew ? { written: body.key } : { updated: body.key }),
  }),

  op('accountsGetValue', {
    auth: 'user',
    run: (ctx, { params }) => ownValue(ctx, { key: params.key }),
    reply: (value, { params }) => ({ [params.key]: value }),
  }),

  op('keyvalue', {
    auth: 'user',
    run: (ctx, { params }) => tenantValue(ctx, { key: params.key_name }),
    reply: (value, { params }) => ({ key: params.key_name, value: JSON.parse(value) }),
  }),

  // Everybody reads and administrators write (NOTES): other rights cannot be given.
  op('keyvalueSet', {
    auth: 'user',
    run: (ctx, { params, body }) => {
      if (body?.rights !== undefined) {
        refuseInput('rights', 'unsupported', 'every member reads a key and administrators write it')
      }
      const value = JSON.stringify(body?.value ?? null)
      return setTenantValue(ctx, { key: params.key_name, value })
    },
    reply: ({ changed }, { params }) => ({ key: params.key_name, changed }),
  }),
]
