import type { ContractRow, Scene } from '../row.ts'
import { downloadShare, kept, ofShare, shareTree, uploadShare } from './share-scene.ts'

/** The server of these rows: small limits, so that few messages reach them. */
export const textLimits = {
  STRONGROOM_MAX_TEXT_RECIPIENTS: '2',
  STRONGROOM_MAX_TEXTS_PER_DAY: '10',
}

const given = shareTree
const password = 'open sesame'
const number = '+491701234567'

const got = async (scene: Scene, to: string, words: string) => {
  const { text, from } = await scene.waitForText(to)
  if (from !== 'Strongroom' || !text.includes(words) || !text.includes(password)) {
    throw new Error(`${from}: ${text}`)
  }
  if (scene.kept.accessKey && text.includes(kept(scene, 'accessKey'))) {
    throw new Error(`the address is told beside the password: ${text}`)
  }
}

type Sending = Pick<ContractRow, 'op' | 'before'> & {
  readonly send: (body: object) => (scene: Scene) => { body: object }
  readonly status: number
  readonly event: 'link.created' | 'link.changed'
  /** The code where no password is given to tell. */
  readonly unsaid?: number
}

const sendings: readonly Sending[] = [
  {
    op: 'createDownloadShare',
    send: (body) => (scene) => ({ body: { nodeId: scene.id('/a.txt'), password, ...body } }),
    status: 201,
    event: 'link.created',
  },
  {
    op: 'createUploadShare',
    send: (body) => (scene) => ({ body: { targetId: scene.id('/f'), password, ...body } }),
    status: 201,
    event: 'link.created',
  },
  {
    op: 'updateDownloadShare',
    before: downloadShare({}, '/a.txt', 'manager'),
    send: (body) => ofShare({ body: { password, ...body } }) as never,
    status: 200,
    event: 'link.changed',
    unsaid: -10002,
  },
  {
    op: 'updateUploadShare',
    before: uploadShare({}, '/f', 'manager'),
    send: (body) => ofShare({ body: { password, ...body } }) as never,
    status: 200,
    event: 'link.changed',
  },
]

/** Sends as somebody until no more is sent for him today. */
const usedUp = async (scene: Scene) => {
  const body = {
    nodeId: scene.id('/a.txt'),
    password,
    textMessageRecipients: ['+4312345678', '+4312345679'],
  }
  for (let at = 0; at < 20; at += 1) {
    const { status } = await scene.call('createDownloadShare', 'manager', { body })
    if (status !== 201) return
  }
  throw new Error('nothing ends it')
}

const each = sendings.flatMap(
  ({ op, before, send, status, event, unsaid = -80000 }): ContractRow[] => {
    const row = { op, as: 'writer', given, ...(before ? { before } : {}) } as const
    const wrong = (name: string, body: object, code?: number): ContractRow => ({
      ...row,
      name,
      send: send(body),
      want: { status: 400, code },
    })
    return [
      {
        ...row,
        name: 'tells the password by text message, and no address',
        send: send({
          textMessageRecipients: ['+49 (0)170 1234567', number],
          receiverLanguage: 'de',
        }),
        want: { status, events: [event] },
        then: async (scene) => {
          await got(scene, number, 'writer Person teilt Ihnen das Passwort')
        },
      },
      wrong('a number without its country', { textMessageRecipients: ['0170 1234567'] }, -80040),
      wrong(
        'no password to tell',
        { textMessageRecipients: [number], password: undefined },
        unsaid,
      ),
      wrong('more people than at once', {
        textMessageRecipients: ['1', '2', '3'].map((n) => `${number}${n}`),
      }),
      {
        ...row,
        name: 'no more than an account may cause on a day',
        as: 'manager',
        before: async (scene) => {
          await before?.(scene)
          await usedUp(scene)
        },
        send: send({ textMessageRecipients: [number] }),
        want: { status: 502, code: -90090 },
      },
    ]
  },
)

/** The password of a share by text message, where a gateway takes them. */
export const shareTextsRows: readonly ContractRow[] = [
  ...each,
  {
    op: 'createDownloadShare',
    name: 'to numbers as old clients write them',
    as: 'writer',
    given,
    send: (scene) => ({
      body: { nodeId: scene.id('/a.txt'), password, sendSms: true, smsRecipients: '436991234567' },
    }),
    want: { status: 201, events: ['link.created'] },
    then: async (scene) => {
      await got(scene, '+436991234567', 'writer Person tells you the password of “a.txt”')
    },
  },
  {
    op: 'requestGeneralSettingsInfo',
    name: 'says that passwords can be sent',
    as: 'reader',
    want: { status: 200, body: { sharePasswordSmsEnabled: true } },
  },
  {
    op: 'requestInfrastructurePropertiesInfo',
    name: 'says that there is a gateway',
    as: 'reader',
    want: { status: 200, body: { smsConfigEnabled: true } },
  },
]
