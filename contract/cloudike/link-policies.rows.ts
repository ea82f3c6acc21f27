import { isDaysAhead } from '../link-policies.ts'
import type { ContractRow } from '../row.ts'

/** Ends of links as a tenant wants them. */
export const linkPolicyRows: readonly ContractRow[] = [
  {
    op: 'linksCreate',
    name: 'ends as the tenant has it',
    as: 'writer',
    given: { '/docs': 'folder' },
    send: (scene) => ({ body: { path: scene.path('/docs') } }),
    want: {
      status: 200,
      body: { expires: (time) => isDaysAhead(Number(time), 7) },
      events: ['link.created'],
    },
  },
  {
    op: 'linksCreate',
    name: 'a password shorter than the tenant wants',
    as: 'writer',
    given: { '/docs': 'folder' },
    send: (scene) => ({ body: { path: scene.path('/docs'), password: '12345' } }),
    want: { status: 400 },
  },
]
