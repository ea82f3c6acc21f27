import { expect } from 'vitest'
import type { ContractRow, Persona, Scene } from '../row.ts'
import { password } from '../scene.ts'
import { inputRows, ownRefusals, type Sample } from './refusals.ts'

const object = { x: 1 }

const samples: readonly Sample[] = [
  { op: 'drumate.prepare_data_backup', bad: { socket_id: object } },
  { op: 'drumate.show_backup_log', bad: { page: 0 } },
  { op: 'drumate.send_account_deletion_code' },
  {
    op: 'drumate.validate_account_deletion_code',
    values: { code: '1' },
    needs: ['code'],
    bad: { code: object },
  },
  {
    op: 'drumate.delete_account',
    values: { secret: 'x', code: '123456' },
    needs: ['secret', 'code'],
    bad: { secret: object },
  },
  {
    op: 'drumate.confirm_delete_account',
    values: { secret: 'x' },
    needs: ['secret'],
    bad: { secret: object },
  },
]

const isSecret = (text: unknown) => typeof text === 'string' && /^[\w-]{22,}$/.test(text)
const dataOf = (answer: { body: unknown }) =>
  (answer.body as { data: Readonly<Record<string, string>> }).data

/** A code that was mailed, and its name. */
const withCode = (op: string, as: Exclude<Persona, null>) => async (scene: Scene) => {
  scene.kept.secret = dataOf(await scene.call(op, as, {})).secret
  const mail = await scene.waitForMail(`${as}@example.test`)
  scene.kept.code = /^ {4}(\d{6})$/m.exec(mail.text)?.[1]
}

const withProof = (as: Exclude<Persona, null>) => async (scene: Scene) => {
  await withCode('drumate.get_otp', as)(scene)
  const { secret, code } = scene.kept
  const answer = await scene.call('drumate.delete_account', as, { body: { secret, code } })
  scene.kept.secret = dataOf(answer).secret
}

const isOrder = (text: unknown) => /^Backup [\d-]+\.zip: ordered$/.test(String(text))

/** Taking one's data along, and leaving; rows at the end close accounts. */
export const leavingRows: readonly ContractRow[] = [
  ...samples.flatMap(ownRefusals),
  {
    op: 'drumate.prepare_data_backup',
    name: 'orders an archive of the own hub',
    as: 'reader',
    want: {
      status: 200,
      body: { data: { zipid: isSecret, status: 'queued' } },
      events: ['backup.ordered'],
    },
  },
  {
    op: 'media.zip',
    name: 'sends the archive that was ordered',
    as: 'reader',
    before: async (scene) => {
      scene.kept.id = dataOf(await scene.call('drumate.prepare_data_backup', 'reader', {})).zipid
    },
    send: ({ kept }) => ({ body: { id: kept.id } }),
    want: {
      status: 200,
      headers: { 'content-type': 'application/zip', 'content-disposition': /^attachment;.*zip/ },
      body: (text) => String(text).startsWith('PK'),
      // It is written when the answer has gone out.
      events: 'any',
    },
    then: async (scene) => {
      await expect
        .poll(async () => {
          const { body } = await scene.call('drumate.show_backup_log', 'reader', {})
          return (body as { data: { status: string }[] }).data.map(({ status }) => status)
        })
        .toEqual(['queued', 'queued', 'fetched'])
    },
  },
  {
    op: 'media.zip',
    name: 'nothing was ordered',
    as: 'reader',
    send: { body: { id: 'x'.repeat(32) } },
    want: { status: 404, code: 'FILE_NOT_FOUND' },
  },
  {
    op: 'media.zip',
    name: 'not for nobody',
    as: null,
    send: { body: { id: 'x' } },
    want: { status: 403, code: 'PERMISSION_DENIED' },
  },
  ...inputRows({ op: 'media.zip', values: { id: 'x' }, needs: ['id'], bad: { id: object } }),
  {
    op: 'drumate.show_backup_log',
    name: 'tells of it',
    as: 'reader',
    want: {
      status: 200,
      body: {
        data: [
          { action: 'backup', category: 'files', log: isOrder, status: 'queued' },
          { action: 'backup', status: 'queued' },
          { action: 'backup', status: 'fetched' },
        ],
      },
    },
  },
  {
    op: 'drumate.send_account_deletion_code',
    name: 'mails a code',
    as: 'reader',
    want: {
      status: 200,
      body: { data: { email: 'reader@example.test', secret: isSecret } },
      events: ['code.issued'],
    },
    then: async (scene) => {
      await scene.waitForMail('reader@example.test')
    },
  },
  {
    op: 'drumate.send_account_deletion_code',
    name: 'an account without an address gets none',
    as: 'admin',
    want: { status: 400, code: 'INVALID_PROFILE' },
  },
  {
    op: 'drumate.validate_account_deletion_code',
    name: 'the right one, which stays good',
    as: 'reader',
    before: withCode('drumate.send_account_deletion_code', 'reader'),
    send: ({ kept }) => ({ body: { code: kept.code } }),
    want: { status: 200, body: { data: { valid: 1 } } },
  },
  {
    op: 'drumate.validate_account_deletion_code',
    name: 'a wrong one, which is counted',
    as: 'reader',
    send: { body: { code: 'wrong' } },
    want: { status: 200, body: { data: { valid: 0 } }, events: ['code.failed'] },
  },
  {
    op: 'drumate.delete_account',
    name: 'trades the code for a proof',
    as: 'reader',
    before: withCode('drumate.send_account_deletion_code', 'reader'),
    send: ({ kept }) => ({ body: { secret: kept.secret, code: kept.code } }),
    want: { status: 200, body: { data: { secret: isSecret } }, events: ['code.issued'] },
  },
  {
    op: 'drumate.delete_account',
    name: 'not for a wrong code',
    as: 'reader',
    before: withCode('drumate.get_otp', 'reader'),
    send: ({ kept }) => ({ body: { secret: kept.secret, code: '00000x' } }),
    want: { status: 401, code: '_invalid_key', events: ['code.failed'] },
  },
  {
    op: 'drumate.confirm_delete_account',
    name: 'not for a proof that never was',
    as: 'reader',
    send: { body: { secret: 'x'.repeat(32) } },
    want: { status: 401, code: '_invalid_secret' },
  },
  {
    op: 'drumate.confirm_delete_account',
    name: "not for somebody else's proof",
    as: 'member',
    before: withProof('reader'),
    send: ({ kept }) => ({ body: { secret: kept.secret } }),
    want: { status: 401, code: '_invalid_secret' },
  },
  {
    op: 'drumate.confirm_delete_account',
    name: 'closes the account and mails how it comes back',
    as: 'writer',
    before: withProof('writer'),
    send: ({ kept }) => ({ body: { secret: kept.secret } }),
    want: {
      status: 200,
      body: { data: { redirect: '#/welcome/checkout' } },
      headers: { 'set-cookie': /^regsid=; Max-Age=0; / },
      events: ['user.left', 'code.issued'],
    },
    then: async (scene) => {
      const vars = { ident: 'writer', password }
      const closed = dataOf(await scene.call('yp.login', null, { body: { vars } }))
      if (closed.status !== 'ARCHIVED') throw new Error(`still open: ${closed.status}`)
      const mail = await scene.waitForMail('writer@example.test')
      const secret = mail.link().split('back=')[1]
      const back = dataOf(
        await scene.call('yp.login', null, { body: { vars: { ...vars, secret } } }),
      )
      if (back.status !== 'ok') throw new Error(`does not come back: ${back.status}`)
      const again = await scene.call('yp.login', null, { body: { vars: { ...vars, secret } } })
      if (again.status !== 400) throw new Error(`comes back twice: ${again.status}`)
    },
  },
]

/** A secret that brings nobody back. */
export const comeBackRows: readonly ContractRow[] = [
  ...inputRows({ op: 'yp.login', bad: { vars: 7 } }),
  {
    op: 'yp.login',
    name: 'not with a secret that never was',
    as: null,
    send: { body: { vars: { ident: 'member', password, secret: 'x'.repeat(32) } } },
    want: { status: 400, code: 'INVALID_DATA' },
  },
]
