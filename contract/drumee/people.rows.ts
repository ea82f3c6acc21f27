import { userCode } from '../../server/faces/drumee/ids.ts'
import type { ContractRow } from '../row.ts'
import { inputRows } from './refusals.ts'

const object = { x: 1 }

type Row = Readonly<Record<string, unknown>>
const some = (test: (row: Row) => boolean) => (rows: unknown) => (rows as Row[]).some(test)

/** Whom the caller knows, which names are taken, and texts for everybody. */
export const peopleRows: readonly ContractRow[] = [
  ...(['drumate.contacts', 'drumate.my_contacts'] as const).flatMap((op): ContractRow[] => [
    {
      op,
      name: 'by the start of a name, who shares a hub',
      as: 'reader',
      send: { body: { value: 'WRI' } },
      want: (scene) => ({
        status: 200,
        body: { data: [{ id: userCode(scene.userId('writer')), is_drumate: 1, status: 'mate' }] },
      }),
    },
    {
      op,
      name: 'nothing typed finds nobody, all colleagues must be asked for',
      as: 'reader',
      want: { status: 200, body: { data: [] } },
    },
    {
      op,
      name: 'all colleagues',
      as: 'reader',
      send: { body: { only_drumate: 1 } },
      want: { status: 200, body: { data: some((row) => row.ident === 'writer') } },
    },
    {
      op,
      name: 'who shares no hub knows nobody',
      as: 'member',
      send: { body: { value: 'wri' } },
      want: { status: 200, body: { data: [] } },
    },
  ]),
  {
    op: 'drumate.get_drumate_detail',
    name: 'somebody known, by address',
    as: 'reader',
    send: { body: { id: 'writer@example.test' } },
    want: { status: 200, body: { data: { ident: 'writer', otp: undefined } } },
  },
  {
    op: 'drumate.get_drumate_detail',
    name: 'nobody known, by id',
    as: 'member',
    send: (scene) => ({ body: { id: userCode(scene.userId('writer')) } }),
    want: { status: 200, body: { data: [] } },
  },
  {
    op: 'drumate.check_drumate_exist',
    name: 'somebody known, for who is signed in',
    as: 'reader',
    send: (scene) => ({ body: { id: userCode(scene.userId('writer')) } }),
    want: { status: 200, body: { data: { ident: 'writer', email: 'writer@example.test' } } },
  },
  ...['writer@example.test', 'nobody@example.test'].map(
    (id): ContractRow => ({
      op: 'drumate.check_drumate_exist',
      name: `a stranger learns nothing of ${id}`,
      as: null,
      send: { body: { id } },
      want: { status: 200, body: { data: [] } },
    }),
  ),
  ...inputRows({
    op: 'drumate.check_drumate_exist',
    values: { id: 'x' },
    needs: ['id'],
    bad: { id: object },
  }),
  {
    op: 'drumate.helpdesk',
    name: 'help in a language, on one page',
    as: 'reader',
    send: { body: { Xlang: 'de' } },
    want: {
      status: 200,
      body: { data: some((row) => row.ln === 'de' && Array.isArray(row.metadata)) },
    },
  },
  {
    op: 'drumate.helpdesk',
    name: 'there is no second page',
    as: 'reader',
    send: { body: { page: 2 } },
    want: { status: 200, body: { data: [] } },
  },
  {
    op: 'drumate.get_languages',
    name: 'by the start of the English name, for everybody',
    as: null,
    send: { body: { value: 'ger' } },
    want: { status: 200, body: { data: [{ code: 'de', locale: 'Deutsch', page: 1 }] } },
  },
  {
    op: 'drumate.get_languages',
    name: 'all of them',
    as: 'reader',
    send: { method: 'GET' },
    want: { status: 200, body: { data: some((row) => row.code === 'en') } },
  },
  {
    op: 'drumate.get_languages',
    name: 'pages count from 1',
    as: null,
    send: { body: { page: 0 } },
    want: { status: 400, code: 'INVALID_DATA' },
  },
  ...(['yp.username_exists', 'yp.ident_exists'] as const).flatMap((op): ContractRow[] => [
    {
      op,
      name: 'a taken name, and nothing else of it',
      as: 'member',
      send: { body: { value: 'WRITER' } },
      want: { status: 200, body: { data: { exists: 1, email: undefined } } },
    },
    {
      op,
      name: 'a free name',
      as: 'member',
      send: { body: { value: 'free-name' } },
      want: { status: 200, body: { data: [] } },
    },
  ]),
  {
    op: 'yp.email_exists',
    name: 'a taken address',
    as: 'member',
    send: { body: { value: 'writer@example.test' } },
    want: (scene) => ({
      status: 200,
      body: { data: { id: userCode(scene.userId('writer')), exists: 1 } },
    }),
  },
  {
    op: 'contact.connection_status',
    name: 'who of those known is there',
    as: 'reader',
    before: async (scene) => {
      await scene.call('drumate.get_profile', 'writer', {})
    },
    send: (scene) => ({ body: { id: [userCode(scene.userId('writer'))] } }),
    want: { status: 200, body: { data: [{ status: 'online', connected: 1 }] } },
  },
  {
    op: 'contact.connection_status',
    name: 'of strangers nothing is told',
    as: 'member',
    want: { status: 200, body: { data: [] } },
  },
  {
    op: 'reminder.list',
    name: 'there are none',
    as: 'reader',
    want: { status: 200, body: { data: [] } },
  },
  {
    op: 'reminder.list',
    name: 'not for nobody',
    as: null,
    want: { status: 403, code: 'PERMISSION_DENIED' },
  },
  {
    op: 'desk.limit',
    name: 'what the own hub may hold',
    as: 'reader',
    want: { status: 200, body: { data: { storage: 'Infinity', real: 'Infinity' } } },
  },
  {
    op: 'desk.limit',
    name: 'not for nobody',
    as: null,
    want: { status: 403, code: 'PERMISSION_DENIED' },
  },
  {
    op: 'butler.hello',
    name: 'the address of the caller',
    as: null,
    want: { status: 200, body: { data: { ip: '127.0.0.1' } } },
  },
]
