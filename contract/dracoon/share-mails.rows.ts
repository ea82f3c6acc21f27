import { mailedUrl } from '../mail-sink.ts'
import type { ContractRow, Scene } from '../row.ts'
import { refusals } from './refusals.ts'
import {
  both,
  downloadShare,
  fileBrought,
  kept,
  ofKey,
  ofShare,
  shareTree,
  uploadShare,
} from './share-scene.ts'

const given = shareTree
const unknownShare = { status: 404, code: -60000 }
const unknownUploadShare = { status: 404, code: -60500 }

const expectMail = async (scene: Scene, to: string, ...texts: (string | RegExp)[]) => {
  const mail = await scene.waitForMail(to)
  for (const text of texts) {
    const whole = `${mail.subject}\n${mail.text}`
    const isThere = typeof text === 'string' ? whole.includes(text) : text.test(whole)
    if (!isThere) throw new Error(`${text} is not in the mail: ${whole}`)
  }
  if (mail.to.length !== 1) throw new Error(`sent to ${mail.to}`)
  return mail
}

const sendOf = (name: string, more: object) => ({
  name,
  send: ofShare({ body: { recipients: ['ann@example.test'], body: 'Hello', ...more } }),
})
const wrongs = [
  { ...sendOf('nobody to send it to', { recipients: [] }), want: { status: 400, code: -80000 } },
  {
    ...sendOf('an address that is none', { recipients: ['ann'] }),
    want: { status: 400, code: -80009 },
  },
  {
    ...sendOf('an address with a header in it', { recipients: ['a@b.test\r\nBcc: c@d.test'] }),
    want: { status: 400, code: -80009 },
  },
  { ...sendOf('angle brackets', { body: '<b>' }), want: { status: 400, code: -80000 } },
  {
    ...sendOf('too many people', {
      recipients: Array.from({ length: 101 }, (_, at) => `p${at}@example.test`),
    }),
    want: { status: 400 },
  },
  {
    name: 'no body',
    send: ofShare({ body: { recipients: ['ann@example.test'] } }),
    want: { status: 400, code: -80000 },
  },
]

const download = {
  op: 'sendDownloadShareLinkViaEmail',
  as: 'writer',
  given,
  before: downloadShare({ password: 'secret' }),
} as const
const upload = {
  op: 'sendUploadShareLinkViaEmail',
  as: 'writer',
  given,
  before: uploadShare({ name: 'Bring' }),
} as const

const sending: readonly ContractRow[] = [
  {
    ...download,
    name: 'each gets a mail of his own with the address',
    send: ofShare({
      body: {
        recipients: ['ann@example.test', 'bob@example.test', ' ann@example.test'],
        body: 'Look at\nthis & that',
        receiverLanguage: 'de',
      },
    }),
    want: { status: 204, body: undefined },
    then: async (scene) => {
      const address = `${mailedUrl}/public/download-shares/${kept(scene, 'accessKey')}`
      const words = ['writer Person gibt „a.txt“ für Sie frei', '> Look at', address, 'Passwort']
      const mail = await expectMail(scene, 'ann@example.test', ...words)
      if (!mail.html.includes('this &amp; that')) throw new Error(`not escaped: ${mail.html}`)
      if (mail.text.includes('secret')) throw new Error('the password is in the mail')
      await expectMail(scene, 'bob@example.test', address)
    },
  },
  {
    ...upload,
    name: 'an upload share',
    send: ofShare({ body: { recipients: ['cid@example.test'], body: '', receiverLanguage: 'fr' } }),
    want: { status: 204, body: undefined },
    then: async (scene) => {
      const address = `${mailedUrl}/public/upload-shares/${kept(scene, 'accessKey')}`
      await expectMail(scene, 'cid@example.test', 'asks you for files: Bring', address)
    },
  },
  ...wrongs.map((row) => ({ ...download, ...row })),
  ...wrongs.map((row) => ({ ...upload, ...row })),
  ...refusals({
    ...download,
    before: downloadShare(),
    ...sendOf('', {}),
    forbidden: [],
    invisible: unknownShare,
  }),
  ...refusals({
    ...upload,
    ...sendOf('', {}),
    forbidden: [],
    invisible: unknownUploadShare,
  }),
  {
    op: 'createDownloadShare',
    name: 'sent along, as old clients do',
    as: 'writer',
    given,
    send: (scene) => ({
      body: {
        nodeId: scene.id('/a.txt'),
        sendMail: true,
        mailRecipients: 'dan@example.test, eve@example.test',
        mailBody: 'Here',
      },
    }),
    want: { status: 201, events: ['link.created'] },
    then: async (scene) => {
      await expectMail(scene, 'dan@example.test', '> Here', `${mailedUrl}/public/download-shares/`)
      await expectMail(scene, 'eve@example.test', '> Here')
    },
  },
  {
    op: 'createUploadShare',
    name: 'sent to nobody that there can be',
    as: 'writer',
    given,
    send: (scene) => ({
      body: { targetId: scene.id('/f'), sendMail: true, mailRecipients: 'nobody' },
    }),
    want: { status: 400, code: -80009 },
  },
]

/** Mails about shares: to whom they are sent, and to who made them. */
export const shareMailsRows: readonly ContractRow[] = [
  ...sending,
  {
    op: 'generateDownloadUrlPublic',
    name: 'its maker hears of a download',
    as: null,
    given,
    before: downloadShare({ notifyCreator: true, name: 'Told' }),
    send: ofKey({ body: {} }),
    want: { status: 201, events: ['link.used'] },
    then: async (scene) => {
      await expectMail(scene, 'writer@example.test', '“Told” was downloaded')
    },
  },
  {
    op: 'requestPublicUploadShareInfo',
    name: 'its maker hears of a file',
    as: null,
    given,
    before: both(uploadShare({ notifyCreator: true, name: 'Told' }), fileBrought('abc')),
    send: ofKey(),
    want: { status: 200 },
    then: async (scene) => {
      await expectMail(scene, 'writer@example.test', 'arrived through “Told”', 'new.txt')
    },
  },
]
