import type { ContractRow, Expected, Scene, Want } from '../row.ts'
import { refusals } from './refusals.ts'
import {
  both,
  downloadShare,
  future,
  kept,
  ofKey,
  ofShare,
  past,
  shareTree,
} from './share-scene.ts'

const unknownShare = { status: 404, code: -60000 }
const given = shareTree
const change = {
  op: 'updateDownloadShare',
  as: 'writer',
  given,
  before: downloadShare({ password: 'secret', maxDownloads: 3, notes: 'n' }),
} as const
const changed = (body: Expected): Want => ({ status: 200, body, events: ['link.changed'] })
const wrong = (name: string, body: object, code: number): ContractRow => ({
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
        maxDownloads: 7,
        showCreatorName: true,
        showCreatorUsername: true,
        notifyCreator: true,
        password: 'other',
        receiverLanguage: 'de-DE',
      },
    }),
    want: changed({
      name: 'Neu',
      notes: 'public',
      internalNotes: 'inner',
      expireAt: '2099-01-01T00:00:00.000Z',
      maxDownloads: 7,
      showCreatorName: true,
      showCreatorUsername: true,
      notifyCreator: true,
      isProtected: true,
      updatedBy: { userName: 'manager' },
      createdBy: { userName: 'writer' },
    }),
    then: async (scene) => {
      const tried = async (password: string) =>
        (await scene.call('generateDownloadUrlPublic', null, ofKey({ body: { password } })(scene)))
          .status
      if ((await tried('secret')) !== 401) throw new Error('the old password still opens it')
      if ((await tried('other')) !== 201) throw new Error('the new password does not open it')
    },
  },
  {
    ...change,
    name: 'what is not named stays',
    send: ofShare({ body: {} }),
    want: changed({ name: 'a.txt', notes: 'n', maxDownloads: 3, isProtected: true }),
  },
  {
    ...change,
    name: 'password and limit go',
    send: ofShare({ body: { resetPassword: true, resetMaxDownloads: true } }),
    want: changed({ isProtected: false, maxDownloads: undefined }),
  },
  {
    ...change,
    name: 'an end goes',
    before: downloadShare({ expiration: future }),
    send: ofShare({ body: { expiration: { enableExpiration: false } } }),
    want: changed({ expireAt: undefined }),
  },
  wrong('an end in the past', { expiration: past }, -80006),
  wrong('no download at all', { maxDownloads: 0 }, -80001),
  wrong('a number that is none', { maxDownloads: 'x' }, -80002),
  wrong('a switch that is none', { showCreatorName: 'x' }, -80005),
  wrong('notes too long', { notes: 'x'.repeat(256) }, -80007),
  wrong('a name with a line break', { name: 'a\nb' }, -80023),
  wrong('a language that is none', { receiverLanguage: '?' }, -10013),
  wrong('a country that is none', { defaultCountry: 'x' }, -80041),
  wrong('an empty password', { password: '' }, -10002),
  wrong('text messages are not sent', { textMessageRecipients: ['+491701234567'] }, -80030),
  wrong('a number that nobody has', { textMessageRecipients: ['call me'] }, -80040),
  {
    ...change,
    name: 'an unknown share',
    send: { params: { share_id: 8888888 }, body: {} },
    want: unknownShare,
  },
  ...refusals({
    op: 'updateDownloadShare',
    given,
    before: downloadShare(),
    send: ofShare({ body: { name: 'x' } }),
    forbidden: [],
    invisible: unknownShare,
  }),
]

const two = both(downloadShare(), async (scene) => {
  scene.kept.first = scene.kept.id
  await downloadShare({}, '/f')(scene)
})
const ofTwo =
  (body: object) =>
  (scene: Scene): { body: object } => ({
    body: { objectIds: [scene.kept.first, scene.kept.id], ...body },
  })
const bulk = { op: 'updateDownloadShares', as: 'writer', given, before: two } as const

const many: readonly ContractRow[] = [
  {
    ...bulk,
    name: 'alike',
    send: ofTwo({ maxDownloads: 5, expiration: future, showCreatorName: true }),
    want: { status: 200, events: ['link.changed', 'link.changed'] },
    then: async (scene) => {
      for (const id of [scene.kept.first, scene.kept.id]) {
        const wanted = { params: { share_id: Number(id) } }
        const { body } = await scene.call('requestDownloadShare', 'writer', wanted)
        const { maxDownloads, expireAt } = body as { maxDownloads: number; expireAt: string }
        if (maxDownloads !== 5 || !expireAt.startsWith('2099')) throw new Error('not changed')
      }
    },
  },
  {
    ...bulk,
    name: 'all or none',
    send: (scene) => ({ body: { objectIds: [scene.kept.id, 8888888], maxDownloads: 5 } }),
    want: unknownShare,
  },
  {
    ...bulk,
    name: 'more than allowed at once',
    send: { body: { objectIds: Array.from({ length: 201 }, (_, at) => at + 1) } },
    want: { status: 400, code: -80063 },
  },
  {
    ...bulk,
    name: 'no download at all',
    send: ofTwo({ maxDownloads: 0 }),
    want: { status: 400, code: -80001 },
  },
  {
    ...bulk,
    name: 'a number that is none',
    send: ofTwo({ maxDownloads: 'x' }),
    want: { status: 400, code: -80002 },
  },
  {
    ...bulk,
    name: 'a switch that is none',
    send: ofTwo({ showCreatorName: 'x' }),
    want: { status: 400, code: -80005 },
  },
  {
    ...bulk,
    name: 'an end in the past',
    send: ofTwo({ expiration: past }),
    want: { status: 400, code: -80006 },
  },
  ...refusals({
    op: 'updateDownloadShares',
    given,
    before: two,
    send: ofTwo({ maxDownloads: 5 }),
    forbidden: [],
    invisible: unknownShare,
  }),
]

const drawing: readonly ContractRow[] = [
  {
    op: 'requestDownloadShareQr',
    name: 'the address as a picture',
    as: 'writer',
    given,
    before: downloadShare(),
    send: ofShare(),
    want: (scene) => ({
      status: 200,
      body: {
        accessKey: kept(scene, 'accessKey'),
        dataUrl: (text) => /^data:image\/png;base64,iVBORw0KGgo[\w+/]+=*$/.test(String(text)),
      },
    }),
  },
  {
    op: 'requestDownloadShareQr',
    name: 'an id that is no number',
    as: 'writer',
    send: { params: { share_id: 'x' } },
    want: { status: 400, code: -80002 },
  },
  ...refusals({
    op: 'requestDownloadShareQr',
    given,
    before: downloadShare(),
    send: ofShare(),
    forbidden: [],
    invisible: unknownShare,
  }),
]

const mail = { op: 'sendDownloadShareLinkViaEmail', as: 'writer', given } as const

/** Changing, drawing and, where no mail is sent, mailing download shares. */
export const shareChangesRows: readonly ContractRow[] = [
  ...changing,
  ...many,
  ...drawing,
  {
    ...mail,
    name: 'this installation sends none',
    before: downloadShare(),
    send: ofShare({ body: { recipients: ['ann@example.test'], body: 'Hello' } }),
    want: { status: 400, code: -80000 },
  },
]
