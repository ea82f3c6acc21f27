import { createLink } from '../../server/core/links/create-link.ts'
import { createFolder } from '../../server/core/nodes/create-folder.ts'
import { userCode } from '../../server/faces/drumee/ids.ts'
import type { ContractRow } from '../row.ts'
import {
  bad,
  dataOf,
  guestOf,
  havingPrivate,
  havingPublic,
  nameIn,
  opens,
  privateBox,
  publicBox,
  soft,
} from './boxes.ts'

const made = ['folder.created', 'link.created'] as const

const makingPrivate: readonly ContractRow[] = [
  {
    op: 'sharebox.create_private_box',
    name: 'a folder for one outsider, for ten days, to fetch from and to fill',
    as: 'writer',
    send: privateBox(),
    want: (scene) => ({
      status: 200,
      body: {
        data: {
          filename: guestOf(scene),
          filepath: `/${guestOf(scene)}`,
          hub_id: userCode(scene.userId('writer')),
          recipient_id: guestOf(scene),
          sender_id: userCode(scene.userId('writer')),
          permission: 7,
          privilege: 7,
          days: 10,
          hours: 0,
          is_password: 0,
        },
      },
      events: made,
    }),
    async then(scene, answer) {
      await opens()(scene, answer)
      const { to, text } = await scene.waitForMail(guestOf(scene))
      if (to.length !== 1 || !text.includes(dataOf(answer).share_id)) throw new Error(text)
    },
  },
  {
    op: 'sharebox.create_private_box',
    name: 'with a password, some hours and a word',
    as: 'writer',
    send: privateBox({ password: 'secret', days: '1', hours: '2', permission: 3 }),
    want: {
      status: 200,
      body: { data: { permission: 3, days: 1, hours: 2, is_password: 1 } },
      events: made,
    },
    then: opens('secret'),
  },
  {
    op: 'sharebox.create_private_box',
    name: 'no days and no hours are no end; writing alone is for bringing',
    as: 'writer',
    send: privateBox({ days: 0, permission: 4 }),
    want: {
      status: 200,
      body: { data: { permission: 5, days: null, hours: null } },
      events: made,
    },
  },
  {
    op: 'sharebox.create_private_box',
    name: 'the one that is there becomes what is asked for now',
    as: 'writer',
    before: havingPrivate(),
    send: privateBox({ password: 'secret', permission: 3 }),
    want: (scene) => ({
      status: 200,
      body: {
        data: {
          nid: String(scene.kept.nid),
          share_id: String(scene.kept.token),
          permission: 3,
          is_password: 1,
        },
      },
      events: ['link.changed'],
    }),
    then: opens('secret'),
  },
  {
    op: 'sharebox.create_private_box',
    name: 'the address of an account',
    as: 'writer',
    send: { body: { email: ' Reader@Example.test ' } },
    want: soft('DRUMATE_EMAIL'),
  },
  {
    op: 'sharebox.create_private_box',
    name: 'the folder has a link for anybody',
    as: 'writer',
    before: async (scene) => {
      const place = { path: [guestOf(scene)] }
      const { node } = await createFolder(scene.core('writer'), place)
      await createLink(scene.core('writer'), { kind: 'download', node })
    },
    send: privateBox(),
    want: soft('INVALID_STATE'),
  },
  {
    op: 'sharebox.create_private_box',
    name: 'something else has the name',
    as: 'writer',
    before: async (scene) => {
      const headers = {
        'content-type': 'application/octet-stream',
        'x-param-xia-data': encodeURI(JSON.stringify({ filename: guestOf(scene) })),
      }
      await scene.call('media.upload', 'writer', { bytes: 'x', headers })
    },
    send: privateBox(),
    want: soft('LINK_FAILED'),
  },
  ...[
    { email: 'nobody' },
    { days: -1 },
    { hours: 'soon' },
    { permission: 0 },
    { permission: 64 },
  ].map(
    (values): ContractRow => ({
      op: 'sharebox.create_private_box',
      name: `refuses ${JSON.stringify(values)}`,
      as: 'writer',
      send: privateBox(values),
      want: bad,
    }),
  ),
  {
    op: 'sharebox.create_private_box',
    name: 'refuses an end beyond all time',
    as: 'writer',
    send: privateBox({ days: 100_000_000 }),
    want: bad,
  },
]

const makingPublic: readonly ContractRow[] = [
  {
    op: 'sharebox.create_public_box',
    name: 'a folder for anybody with the link, to fetch from, without end',
    as: 'writer',
    send: publicBox(),
    want: (scene) => ({
      status: 200,
      body: {
        data: {
          name: nameIn(scene),
          recipient_id: '*',
          permission: 3,
          days: null,
          hours: null,
          is_password: 0,
        },
      },
      events: made,
    }),
    then: opens(),
  },
  {
    op: 'sharebox.create_public_box',
    name: 'the folder has a link for one address',
    as: 'writer',
    before: havingPrivate(),
    send: (scene) => ({ body: { name: guestOf(scene) } }),
    want: soft('INVALID_STATE'),
  },
  {
    op: 'sharebox.create_public_box',
    name: 'the folder has a link of the other kind',
    as: 'writer',
    before: havingPublic(),
    send: publicBox({ permission: 4 }),
    want: soft('INVALID_STATE'),
  },
  {
    op: 'sharebox.create_public_box',
    name: 'a hub has the name',
    as: 'writer',
    send: (scene) => ({ body: { name: scene.path('/').slice(1) } }),
    want: soft('LINK_FAILED'),
  },
  ...['', 'a/b', '..', 'a|b'].map(
    (name): ContractRow => ({
      op: 'sharebox.create_public_box',
      name: `refuses the name ${JSON.stringify(name)}`,
      as: 'writer',
      send: { body: { name } },
      want: bad,
    }),
  ),
  {
    op: 'sharebox.create_public_box',
    name: 'refuses -1 days',
    as: 'writer',
    send: publicBox({ days: -1 }),
    want: bad,
  },
]

/** Where mails are sent. */
export const newBoxRows: readonly ContractRow[] = [...makingPrivate, ...makingPublic]

/** Where none are, a box is made all the same. */
export const mutedBoxRows: readonly ContractRow[] = [
  {
    op: 'sharebox.create_private_box',
    name: 'without mails the sender tells its link himself',
    as: 'writer',
    send: privateBox(),
    want: { status: 200, events: made },
    then: opens(),
  },
]
