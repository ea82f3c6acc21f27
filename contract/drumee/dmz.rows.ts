import { deleteLinks } from '../../server/core/links/delete-links.ts'
import { nobodyId } from '../../server/faces/drumee/ids.ts'
import type { ContractRow } from '../row.ts'
import { inputRows } from './refusals.ts'
import {
  boxOf,
  byToken,
  entered,
  given,
  makeBox,
  refusal,
  secret,
  told,
  visiting,
} from './visit-scene.ts'

const shown = { title: 'For you', sender: 'manager Person', is_public: 1, require_name: 0 }
const named = { name: 'For you', showCreatorName: true }
const isPass = (value: unknown) => typeof value === 'string' && value.length > 40

const info: readonly ContractRow[] = [
  {
    op: 'dmz.info',
    name: 'tells where an open link leads',
    as: null,
    given,
    before: boxOf(named),
    send: byToken(),
    want: (scene) =>
      told({
        ...{ status: 'TICKET_OK', validity: 'TICKET_OK', ...shown },
        ...{ hub_id: scene.id('/box'), nid: scene.id('/box'), privilege: 3, area: 'dmz' },
        ...{ require_password: 0, days: null, hours: null, dmz_expiry: 'infinity', uid: nobodyId },
      }),
  },
  {
    op: 'dmz.info',
    name: 'before the password nothing of the place is told',
    as: null,
    given,
    before: boxOf({ ...named, password: secret, expireAt: Date.now() + 91_000_000 }),
    send: ({ kept }) => ({ body: { token: `inbound/token=${kept.token}` } }),
    want: told({
      ...{ status: 'REQUIRED_PASSWORD', require_password: 1, ...shown },
      ...{ days: 1, hours: 2, dmz_expiry: 'active' },
      ...{ hub_id: undefined, nid: undefined, privilege: undefined },
    }),
  },
  {
    op: 'dmz.info',
    name: 'whoever has entered is told all',
    as: null,
    given,
    before: entered({ password: secret, takesUploads: true, recipient: 'you@example.test' }),
    send: visiting(byToken()),
    want: (scene) => ({
      status: 200,
      body: {
        __status__: 'online',
        data: { status: 'TICKET_OK', nid: scene.id('/box'), privilege: 7, is_public: 0 },
      },
    }),
  },
  {
    op: 'dmz.info',
    name: 'an unknown link',
    as: null,
    send: { body: { token: 'nothing-of-ours' } },
    want: refusal('TICKET_INVALID'),
  },
  {
    op: 'dmz.info',
    name: 'a link that was taken back',
    as: null,
    given,
    before: async (scene) => {
      await makeBox(scene, '/box')
      await deleteLinks(scene.core('manager'), { ids: [Number(scene.kept.link)] })
    },
    send: byToken(),
    want: refusal('TICKET_INVALID'),
  },
  {
    op: 'dmz.info',
    name: 'a link past its end',
    as: null,
    given,
    before: async (scene) => {
      await makeBox(scene, '/box')
      const id = Number(scene.kept.link)
      await scene.core('manager').write((tx) => tx.links.update(id, { expireAt: 1 }))
    },
    send: byToken(),
    want: refusal('TICKET_EXPIRED'),
  },
  ...inputRows({
    op: 'dmz.info',
    values: { token: 'x' },
    needs: ['token'],
    bad: { token: { x: 1 } },
  }),
]

const login: readonly ContractRow[] = [
  {
    op: 'dmz.login',
    name: 'the password lets in',
    as: null,
    given,
    before: boxOf({ ...named, password: secret }),
    send: byToken({ password: secret }),
    want: (scene) => ({
      status: 200,
      headers: {
        'set-cookie': /^guest_sid=[^;]+; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Strict/,
      },
      body: {
        data: {
          ...{ status: 'TICKET_OK', ...shown, nid: scene.id('/box'), guest_sid: isPass },
          ...{ signed_in: 1, connection: 'online', is_guest: 1 },
        },
      },
    }),
  },
  {
    op: 'dmz.login',
    name: 'a link for uploads alone writes and does not read',
    as: null,
    given,
    before: boxOf({ kind: 'upload' }),
    send: byToken(),
    want: told({ status: 'TICKET_OK', privilege: 5 }),
  },
  ...[
    { name: 'a wrong password', password: 'wrong', want: 'WRONG_PASSWORD' },
    { name: 'no password', password: '', want: 'REQUIRED_PASSWORD' },
  ].map(
    ({ name, password, want }): ContractRow => ({
      op: 'dmz.login',
      name,
      as: null,
      given,
      before: boxOf({ password: secret }),
      send: byToken({ password }),
      want: refusal(want),
    }),
  ),
  {
    op: 'dmz.login',
    name: 'too many wrong passwords close the link for a while, for the right one too',
    as: null,
    given,
    before: async (scene) => {
      await makeBox(scene, '/box', { password: secret })
      for (let round = 0; round < 10; round++) {
        await scene.call('dmz.login', null, byToken({ password: 'wrong' })(scene))
      }
    },
    send: byToken({ password: secret }),
    want: { status: 403, code: 'PERMISSION_DENIED', headers: { 'retry-after': /^\d+$/ } },
  },
  {
    op: 'dmz.login',
    name: 'not by an address alone',
    as: null,
    send: { method: 'GET', query: { token: 'x' } },
    want: { status: 403, code: 'PERMISSION_DENIED' },
  },
  {
    op: 'dmz.login',
    name: 'no other site lets a browser in here',
    as: null,
    given,
    before: boxOf(),
    send: (scene) => ({ ...byToken()(scene), headers: { origin: 'https://elsewhere.test' } }),
    want: told({ status: 'TICKET_OK' }),
    then: async (_scene, { headers }) => {
      if (headers.has('set-cookie')) throw new Error('a cookie was set for another site')
    },
  },
  ...inputRows({
    op: 'dmz.login',
    values: { token: 'x' },
    needs: ['token'],
    bad: { password: { x: 1 } },
  }),
  {
    op: 'dmz.logout',
    name: 'takes the cookie away',
    as: null,
    given,
    before: entered(),
    send: visiting(() => ({})),
    want: {
      status: 200,
      body: { data: [] },
      headers: { 'set-cookie': /^guest_sid=; Max-Age=0; Path=\/; HttpOnly/ },
    },
  },
  {
    op: 'dmz.logout',
    name: 'not by an address alone',
    as: null,
    send: { method: 'GET' },
    want: { status: 403, code: 'PERMISSION_DENIED' },
  },
]

export const dmzRows: readonly ContractRow[] = [...info, ...login]
