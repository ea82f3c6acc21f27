import type { ContractRow, Expected, Scene, Want } from '../row.ts'
import { refusals } from './refusals.ts'
import { both, future, ofShare, past, shareTree, uploadShare } from './share-scene.ts'

const given = shareTree
const unknownShare = { status: 404, code: -60500 }

const change = {
  op: 'updateUploadShare',
  as: 'writer',
  given,
  before: uploadShare({ password: 'secret', maxSlots: 3, maxSize: 9, filesExpiryPeriod: 2 }),
} as const
const changed = (body: Expected): Want => ({ status: 200, body, events: ['link.changed'] })
const wrongChange = (name: string, body: object, code: number): ContractRow => ({
  ...change,
  name,
  send: ofShare({ body }),
  want: { status: 400, code },
})

const changing: readonly ContractRow[] = [
  {
    ...change,
    name: 'everything that can be said',
    as: 'manager',
    send: ofShare({
      body: {
        name: 'Neu',
        notes: 'public',
        internalNotes: 'inner',
        expiration: future,
        maxSlots: 7,
        maxSize: 70,
        filesExpiryPeriod: 8,
        showUploadedFiles: true,
        showCreatorName: true,
        showCreatorUsername: true,
        notifyCreator: true,
        password: 'other',
      },
    }),
    want: changed({
      name: 'Neu',
      notes: 'public',
      internalNotes: 'inner',
      expireAt: '2099-01-01T00:00:00.000Z',
      maxSlots: 7,
      maxSize: 70,
      filesExpiryPeriod: 8,
      showUploadedFiles: true,
      showCreatorName: true,
      showCreatorUsername: true,
      notifyCreator: true,
      isProtected: true,
      updatedBy: { userName: 'manager' },
    }),
  },
  {
    ...change,
    name: 'limits and password go',
    send: ofShare({
      body: {
        resetPassword: true,
        resetMaxSlots: true,
        resetMaxSize: true,
        resetFilesExpiryPeriod: true,
      },
    }),
    want: changed({
      isProtected: false,
      maxSlots: undefined,
      maxSize: undefined,
      filesExpiryPeriod: undefined,
    }),
  },
  wrongChange('no slot at all', { maxSlots: 0 }, -80001),
  wrongChange('a number that is none', { maxSize: 'x' }, -80002),
  wrongChange('a switch that is none', { showUploadedFiles: 'x' }, -80005),
  wrongChange('an end in the past', { expiration: past }, -80006),
  wrongChange('notes too long', { internalNotes: 'x'.repeat(256) }, -80007),
  wrongChange('a name with a line break', { name: 'a\nb' }, -80023),
  wrongChange('a language that is none', { receiverLanguage: '?' }, -80000),
  wrongChange('a country that is none', { defaultCountry: 'x' }, -80041),
  wrongChange('an empty password', { password: '' }, -10002),
  wrongChange('text messages are not sent', { textMessageRecipients: ['+49170123456'] }, -80030),
  wrongChange('a number that nobody has', { textMessageRecipients: ['call me'] }, -80040),
  wrongChange(
    'no end although there is to be one',
    { expiration: { enableExpiration: true } },
    -80000,
  ),
  {
    ...change,
    name: 'a download share is none',
    before: async (scene) => {
      const wanted = { body: { nodeId: scene.id('/f') } }
      const { body } = await scene.call('createDownloadShare', 'writer', wanted)
      scene.kept.id = (body as { id: number }).id
    },
    send: ofShare({ body: {} }),
    want: unknownShare,
  },
  ...refusals({
    op: change.op,
    given,
    before: uploadShare(),
    send: ofShare({ body: { name: 'x' } }),
    forbidden: [],
    invisible: unknownShare,
  }),
]

const two = both(uploadShare(), async (scene) => {
  scene.kept.first = scene.kept.id
  await uploadShare({}, '/')(scene)
})
const ofTwo =
  (name: string, body: object) =>
  (scene: Scene): { body: object } => ({
    body: { [name]: [scene.kept.first, scene.kept.id], ...body },
  })
const bulk = { op: 'updateUploadShares', as: 'writer', given, before: two } as const
const wrongBulk = (name: string, body: object, code: number): ContractRow => ({
  ...bulk,
  name,
  send: ofTwo('objectIds', body),
  want: { status: 400, code },
})

const many: readonly ContractRow[] = [
  {
    ...bulk,
    name: 'alike',
    send: ofTwo('objectIds', { maxSlots: 5, expiration: future, showUploadedFiles: true }),
    want: { status: 200, events: ['link.changed', 'link.changed'] },
    then: async (scene) => {
      for (const id of [scene.kept.first, scene.kept.id]) {
        const wanted = { params: { share_id: Number(id) } }
        const { body } = await scene.call('requestUploadShare', 'writer', wanted)
        const { maxSlots, showUploadedFiles } = body as Record<string, unknown>
        if (maxSlots !== 5 || showUploadedFiles !== true) throw new Error('not changed')
      }
    },
  },
  {
    ...bulk,
    name: 'all or none',
    send: (scene) => ({ body: { objectIds: [scene.kept.id, 8888888], maxSlots: 5 } }),
    want: unknownShare,
  },
  {
    ...bulk,
    name: 'more than allowed at once',
    send: { body: { objectIds: Array.from({ length: 201 }, (_, at) => at + 1) } },
    want: { status: 400, code: -80063 },
  },
  { ...bulk, name: 'none', send: { body: { objectIds: [] } }, want: { status: 400, code: -80000 } },
  wrongBulk('no slot at all', { maxSlots: 0 }, -80001),
  wrongBulk('a number that is none', { maxSlots: 'x' }, -80002),
  wrongBulk('a switch that is none', { showCreatorName: 'x' }, -80005),
  wrongBulk('an end in the past', { expiration: past }, -80006),
  ...refusals({
    op: bulk.op,
    given,
    before: two,
    send: ofTwo('objectIds', { maxSlots: 5 }),
    forbidden: [],
    invisible: unknownShare,
  }),
  {
    op: 'deleteUploadShares',
    name: 'several',
    as: 'writer',
    given,
    before: two,
    send: ofTwo('shareIds', {}),
    want: { status: 204, events: ['link.deleted', 'link.deleted'] },
  },
  {
    op: 'deleteUploadShares',
    name: 'all or none',
    as: 'writer',
    given,
    before: two,
    send: (scene) => ({ body: { shareIds: [scene.kept.id, 8888888] } }),
    want: unknownShare,
  },
  {
    op: 'deleteUploadShares',
    name: 'nothing',
    as: 'writer',
    send: { body: { shareIds: [] } },
    want: { status: 400, code: -80000 },
  },
  {
    op: 'deleteUploadShares',
    name: 'what is no number',
    as: 'writer',
    send: { body: { shareIds: ['x'] } },
    want: { status: 400, code: -80002 },
  },
  ...refusals({
    op: 'deleteUploadShares',
    given,
    before: two,
    send: ofTwo('shareIds', {}),
    forbidden: [],
    invisible: unknownShare,
  }),
]

/** Changing and ending upload shares. */
export const uploadShareChangesRows: readonly ContractRow[] = [...changing, ...many]
