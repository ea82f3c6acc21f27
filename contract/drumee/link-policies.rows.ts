import type { ContractRow } from '../row.ts'

const given = { '/docs': 'folder' } as const

/** Ends of links as an organisation wants them. */
export const linkPolicyRows: readonly ContractRow[] = [
  {
    op: 'sharebox.create_link',
    name: 'ends as the organisation has it',
    as: 'writer',
    given,
    send: (scene) => ({ body: { nid: scene.id('/docs') } }),
    want: { status: 200, body: { data: [{ days: 7, hours: 0 }] }, events: ['link.created'] },
  },
  {
    op: 'sharebox.create_link',
    name: 'never, where no days are said',
    as: 'writer',
    given,
    send: (scene) => ({ body: { nid: scene.id('/docs'), days: 0 } }),
    want: { status: 200, body: { data: [{ days: null, hours: null }] }, events: ['link.created'] },
  },
  {
    op: 'sharebox.create_public_box',
    name: 'a box ends likewise',
    as: 'writer',
    send: { body: { name: 'Policy box' } },
    want: { status: 200, body: { data: { days: 7 } }, events: 'any' },
  },
  {
    op: 'sharebox.create_public_box',
    name: 'a password shorter than the organisation wants',
    as: 'writer',
    send: { body: { name: 'Short box', password: '12345' } },
    want: { status: 400, code: 'INVALID_DATA' },
  },
]
