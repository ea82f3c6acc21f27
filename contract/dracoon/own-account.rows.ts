import { changeSettings } from '../../server/core/settings/change-settings.ts'
import { defaultSettings } from '../../server/core/settings/settings.ts'
import type { ContractRow, Scene } from '../row.ts'
import { asForm, jpeg, png } from './pictures.ts'

const changed = { status: 200, events: ['user.changed'] } as const
const update = { op: 'updateUserAccount', as: 'member' } as const

/** Changing the own account. */
const account: readonly ContractRow[] = [
  {
    ...update,
    name: 'names, phone and language',
    send: { body: { firstName: 'Mem', lastName: 'Ber', phone: '+49 1', language: 'de-DE' } },
    want: {
      ...changed,
      body: { firstName: 'Mem', lastName: 'Ber', phone: '+49 1', language: 'de-DE' },
    },
  },
  {
    ...update,
    name: 'an address, soon after signing in',
    send: { body: { email: 'moved@example.test' } },
    want: { ...changed, body: { email: 'moved@example.test', mustSetEmail: false } },
  },
  { ...update, name: 'nothing', send: { body: {} }, want: { status: 200 } },
  {
    ...update,
    name: 'what is no address',
    send: { body: { email: 'nowhere' } },
    want: { status: 400, code: -80009 },
  },
  {
    ...update,
    name: 'a name that is too long',
    send: { body: { firstName: 'x'.repeat(151) } },
    want: { status: 400, code: -80007 },
  },
  {
    ...update,
    name: 'no user name',
    send: { body: { userName: '' } },
    want: { status: 400, code: -80000 },
  },
  {
    ...update,
    name: 'a user name that somebody has',
    send: { body: { userName: 'WRITER' } },
    want: { status: 409, code: -70564 },
  },
  {
    ...update,
    name: 'agreeing, where nobody asked',
    send: { body: { acceptEULA: true } },
    want: { ...changed, body: { needsToAcceptEULA: false } },
  },
  {
    ...update,
    name: 'agreeing twice',
    as: 'reader',
    before: agree,
    send: { body: { acceptEULA: true } },
    want: { status: 400, code: -70104 },
  },
  {
    ...update,
    name: 'taking an agreement back',
    as: 'reader',
    before: agree,
    send: { body: { acceptEULA: false } },
    want: { status: 400, code: -70103 },
  },
]

async function agree(scene: Scene): Promise<void> {
  await scene.call('updateUserAccount', 'reader', { body: { acceptEULA: true } })
}

/** In the other tenant, which begins to ask for it: everything waits until it is there. */
const agreement: readonly ContractRow[] = [
  {
    op: 'requestUserInfo',
    name: 'says that an agreement is owed',
    as: 'stranger',
    before: (scene) => ask(scene, true),
    want: { status: 200, body: { needsToAcceptEULA: true, mustSetEmail: true } },
  },
  {
    op: 'updateUserAccount',
    name: 'settles an agreement and an address at once, not one of them',
    as: 'stranger',
    before: (scene) => ask(scene, true),
    send: { body: { acceptEULA: true } },
    want: { status: 412, code: -10109 },
  },
  {
    op: 'updateUserAccount',
    name: 'lets in who settles what is owed',
    as: 'stranger',
    before: (scene) => ask(scene, true),
    send: { body: { acceptEULA: true, email: 'stranger@example.test' } },
    want: { status: 200, body: { needsToAcceptEULA: false, mustSetEmail: false } },
    then: (scene) => ask(scene, false),
  },
]

/** Looked up anew within seconds, so that the rows wait for it. */
async function ask(scene: Scene, isAsked: boolean): Promise<void> {
  const wanted = isAsked ? { agreement: true, address: true } : defaultSettings
  await changeSettings(scene.core('stranger'), wanted)
  const until = Date.now() + 10_000
  for (;;) {
    const { body } = await scene.call('requestUserInfo', 'stranger', {})
    const owes = (body as { needsToAcceptEULA: boolean }).needsToAcceptEULA
    if (owes === isAsked) return
    if (Date.now() > until) throw new Error('the other tenant does not change')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

const custom = { isCustomAvatar: true, avatarUri: (uri: unknown) => String(uri).includes('avatar') }
const upload = { op: 'uploadAvatarAsMultipart', as: 'writer' } as const

async function keepPicture(scene: Scene): Promise<void> {
  const { body } = await scene.call('uploadAvatarAsMultipart', 'writer', asForm(png))
  scene.kept.uuid = (body as { avatarUuid: string }).avatarUuid
}

const ofPicture = (scene: Scene) => ({
  params: { user_id: scene.userId('writer'), uuid: String(scene.kept.uuid) },
})

/** Pictures that users give of themselves. */
const avatars: readonly ContractRow[] = [
  {
    ...upload,
    name: 'takes a PNG',
    send: asForm(png),
    want: { status: 201, body: custom, events: ['user.changed'] },
  },
  {
    ...upload,
    name: 'takes a JPEG',
    send: asForm(jpeg(256, 256)),
    want: { status: 201, body: custom, events: ['user.changed'] },
  },
  {
    ...upload,
    name: 'wants it square, of one size',
    send: asForm(jpeg(256, 255)),
    want: { status: 400, code: -80044 },
  },
  {
    ...upload,
    name: 'takes nothing that only calls itself a picture',
    send: asForm(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')),
    want: { status: 400, code: -80042 },
  },
  {
    ...upload,
    name: 'takes no picture that is cut off',
    send: asForm(png.subarray(0, -20)),
    want: { status: 400, code: -80042 },
  },
  {
    ...upload,
    name: 'takes none beyond the limit',
    send: asForm(Buffer.alloc(5 * 1024 * 1024 + 1)),
    want: { status: 400, code: -80043 },
  },
  {
    ...upload,
    name: 'takes no other body',
    send: { body: {} },
    want: { status: 400, code: -80042 },
  },
  {
    op: 'downloadAvatar',
    name: 'shows the picture to who has its address',
    as: null,
    before: keepPicture,
    send: ofPicture,
    want: {
      status: 200,
      headers: { 'content-type': 'image/png', 'content-length': String(png.length) },
    },
  },
  {
    op: 'requestUserAvatar',
    name: 'tells of a picture that was given',
    as: null,
    before: keepPicture,
    send: ofPicture,
    want: { status: 200, body: { isCustomAvatar: true } },
  },
  {
    op: 'requestUserAvatar',
    name: 'knows no address that was not given out',
    as: null,
    send: (scene) => ({
      params: {
        user_id: scene.userId('writer'),
        uuid: '00000000-0000-4000-8000-000000000000',
      },
    }),
    want: { status: 404, code: -70028 },
  },
  {
    op: 'requestUserInfo',
    name: 'is called by the picture from then on',
    as: 'writer',
    before: keepPicture,
    want: { status: 200 },
    then: async (scene) => {
      const { body } = await scene.call('requestAvatar', 'writer', {})
      if ((body as { avatarUuid: string }).avatarUuid !== scene.kept.uuid) throw new Error('other')
    },
  },
  {
    op: 'resetAvatar',
    name: 'goes back to the initials',
    as: 'writer',
    before: keepPicture,
    want: { status: 200, body: { isCustomAvatar: false }, events: ['user.changed'] },
    then: async (scene) => {
      const { status } = await scene.call('downloadAvatar', null, ofPicture(scene))
      if (status !== 404) throw new Error('the old picture is still there')
    },
  },
  {
    op: 'resetAvatar',
    name: 'is content where there is none',
    as: 'reader',
    want: { status: 200, body: { isCustomAvatar: false } },
  },
]

export const ownAccountRows: readonly ContractRow[] = [...account, ...agreement, ...avatars]
