import type { ContractRow, Scene } from '../row.ts'
import { adminPassword } from '../world.ts'

/** Keeps the headers of a session that the old login began. */
async function keepLogin(scene: Scene): Promise<void> {
  const body = { userName: 'reader', password: adminPassword }
  const answer = await scene.call('login', null, { body })
  scene.kept.headers = { 'x-sds-auth-token': (answer.body as { token: string }).token }
}

const sendKept = (scene: Scene) => ({ headers: scene.kept.headers as Record<string, string> })

/** The old login, and liveness. */
export const authRows: readonly ContractRow[] = [
  {
    op: 'ping',
    name: 'answers anybody',
    as: null,
    want: { status: 200, body: (value) => String(value).startsWith('OK ') },
  },
  {
    op: 'login',
    name: 'gives a token that the older header carries',
    as: null,
    send: { body: { userName: 'reader', password: adminPassword, authType: 'basic' } },
    want: {
      status: 200,
      body: { token: (value) => String(value).length >= 22 },
      events: ['session.started'],
    },
  },
  {
    op: 'pingUser',
    name: 'takes the token of the old login in its header',
    as: null,
    before: keepLogin,
    send: sendKept,
    want: { status: 200, body: 'OK reader' },
  },
  {
    op: 'logout',
    name: 'ends the session',
    as: null,
    before: keepLogin,
    send: sendKept,
    want: { status: 204, events: ['session.ended'] },
  },
  {
    op: 'pingUser',
    name: 'does not take the token after the logout',
    as: null,
    before: async (scene) => {
      await keepLogin(scene)
      await scene.call('logout', null, sendKept(scene))
    },
    send: sendKept,
    want: { status: 401, code: -10012 },
  },
  {
    op: 'login',
    name: 'takes the old names of user name and method',
    as: null,
    send: { body: { login: 'READER', password: adminPassword, authType: 'sql', language: '1' } },
    want: { status: 200, events: ['session.started'] },
  },
  {
    op: 'login',
    name: 'says the same of a wrong password and an unknown account',
    as: null,
    send: { body: { userName: 'nobody', password: 'wrong-password' } },
    want: { status: 401, code: -10011, events: 'any' },
  },
  {
    op: 'login',
    name: 'has no other method',
    as: null,
    send: { body: { userName: 'reader', password: adminPassword, authType: 'radius' } },
    want: { status: 400, code: -10100 },
  },
  {
    op: 'login',
    name: 'needs JSON',
    as: null,
    send: { bytes: '{"userName":' },
    want: { status: 400, code: -80013 },
  },
]
