import { isDaysAhead } from '../link-policies.ts'
import type { ContractRow, Expected, Scene, Want } from '../row.ts'
import { downloadShare, future, ofShare, shareTree, uploadShare } from './share-scene.ts'

const given = shareTree
const inDays = (days: number) => (text: unknown) => isDaysAhead(Date.parse(String(text)), days)
const download = { op: 'createDownloadShare', as: 'writer', given } as const
const sharing = (more: object) => (scene: Scene) => ({
  body: { nodeId: scene.id('/a.txt'), ...more },
})
const made = (body: Expected): Want => ({ status: 201, body, events: ['link.created'] })
const short = {
  status: 400,
  code: -10002,
  body: { violatedPasswordPolicies: [{ name: 'too-short' }] },
} as const

/** Ends and passwords of shares as a tenant wants them. */
export const linkPolicyRows: readonly ContractRow[] = [
  {
    ...download,
    name: 'ends as the tenant has it',
    send: sharing({}),
    want: made({ expireAt: inDays(7) }),
  },
  {
    ...download,
    name: 'never, where that is said',
    send: sharing({ expiration: { enableExpiration: false } }),
    want: made({ expireAt: undefined }),
  },
  {
    ...download,
    name: 'when it is said',
    send: sharing({ expiration: future }),
    want: made({ expireAt: (text) => String(text).startsWith('2099-') }),
  },
  { ...download, name: 'a password too short', send: sharing({ password: '12345' }), want: short },
  {
    ...download,
    name: 'a password of six characters',
    send: sharing({ password: 'äöü€🚀1' }),
    want: made({ isProtected: true }),
  },
  {
    op: 'createUploadShare',
    name: 'ends as the tenant has it',
    as: 'writer',
    given,
    send: (scene) => ({ body: { targetId: scene.id('/f') } }),
    want: made({ expireAt: inDays(3) }),
  },
  {
    op: 'createUploadShare',
    name: 'a password too short',
    as: 'writer',
    given,
    send: (scene) => ({ body: { targetId: scene.id('/f'), password: '12345' } }),
    want: short,
  },
  {
    op: 'updateDownloadShare',
    name: 'a password too short',
    as: 'writer',
    given,
    before: downloadShare(),
    send: ofShare({ body: { password: '12345' } }),
    want: short,
  },
  {
    op: 'updateUploadShare',
    name: 'a password too short',
    as: 'writer',
    given,
    before: uploadShare(),
    send: ofShare({ body: { password: '12345' } }),
    want: short,
  },
  {
    op: 'requestSystemDefaultsInfo',
    name: 'tells when shares end',
    as: 'reader',
    want: {
      status: 200,
      body: { downloadShareDefaultExpirationPeriod: 7, uploadShareDefaultExpirationPeriod: 3 },
    },
  },
  {
    op: 'requestPasswordPoliciesConfigInfo',
    name: 'tells how long passwords of shares are',
    as: 'reader',
    want: { status: 200, body: { sharesPasswordPolicies: { minLength: 6 } } },
  },
]
