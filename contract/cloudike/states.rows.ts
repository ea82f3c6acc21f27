import { expect } from 'vitest'
import { startTask } from '../../server/core/tasks/start-task.ts'
import type { ContractRow, Persona, Scene, Send } from '../row.ts'
import { body, done, fresh, invited, withHash } from './share-scene.ts'

type Step = (scene: Scene) => Promise<unknown>
type Case = {
  /** The machine and the transition; dossier 3. */
  readonly name: string
  readonly op: string
  readonly as: Persona
  readonly before: readonly Step[]
  readonly send: (scene: Scene) => Send
  readonly want: ContractRow['want']
}

const step =
  (op: string, as: Persona, send: (scene: Scene) => Send): Step =>
  (scene) =>
    done(scene, op, as, send(scene))

const of = (name: string, more: object = {}) =>
  body((scene) => ({ path: scene.path(`/${name}`), ...more }))
const refused = { status: 403, code: 'ShareForbidden' } as const
const noUser = { status: 404, code: 'UserNotFound' } as const
const nothing = { status: 404, code: 'NotFound' } as const

const invitation = (name: string): readonly Case[] => {
  const who = { member_login: 'member' }
  const sent = invited(name, 'member')
  const accepted = step('sharesAccept', 'member', withHash)
  const declined = step('sharesDecline', 'member', withHash)
  const revoked = step('sharesUninvite', 'manager', of(name, who))
  const removed = step('sharesRemove', 'manager', of(name, who))
  const decline = { op: 'sharesDecline', as: 'member', send: withHash, want: refused } as const
  const uninvite = { op: 'sharesUninvite', as: 'manager', send: of(name, who) } as const
  return [
    { ...decline, name: 'invitation: declined, declined again', before: [sent, declined] },
    { ...decline, name: 'invitation: taken back, declined', before: [sent, revoked] },
    {
      ...decline,
      op: 'sharesAccept',
      name: 'invitation: removed, accepted with the old hash',
      before: [sent, accepted, removed],
    },
    {
      ...uninvite,
      name: 'invitation: declined, taken back',
      before: [sent, declined],
      want: noUser,
    },
    {
      ...uninvite,
      name: 'invitation: taken back, taken back again',
      before: [sent, revoked],
      want: noUser,
    },
    {
      op: 'sharesRemove',
      name: 'invitation: sent, removed before it is accepted',
      as: 'manager',
      before: [sent],
      send: of(name, who),
      want: noUser,
    },
    {
      op: 'sharesRemove',
      name: 'invitation: removed, removed again',
      as: 'manager',
      before: [sent, accepted, removed],
      send: of(name, who),
      want: noUser,
    },
    {
      op: 'sharesAdd',
      name: 'invitation: removed, sent anew',
      as: 'manager',
      before: [sent, accepted, removed],
      send: of(name, who),
      want: (scene) => ({
        status: 200,
        body: { hash: (hash) => hash !== scene.kept.hash },
        events: ['invitation.sent'],
      }),
    },
    {
      op: 'sharesUpdateCollaborator',
      name: 'invitation: declined, changed',
      as: 'manager',
      before: [sent, declined],
      send: of(name, { ...who, writer: true }),
      want: noUser,
    },
  ]
}

const companyFolder = (name: string): readonly Case[] => {
  const published: Step = async (scene) => {
    const { folder_hash } = await done(scene, 'sharesCompanyAdd', 'manager', of(name)(scene))
    scene.kept.folder = folder_hash
  }
  const folder = body((scene) => ({ folder_hash: scene.kept.folder }))
  const member = body((scene) => ({
    folder_hash: scene.kept.folder,
    user_id: scene.userId('member'),
  }))
  const requested = step('sharesCompanyRequest', 'member', folder)
  const accepted = step('sharesCompanyAccept', 'manager', member)
  const hidden = step('sharesCompanyHide', 'manager', folder)
  const accept = { op: 'sharesCompanyAccept', as: 'manager', send: member } as const
  return [
    {
      ...accept,
      name: 'company folder: nobody asked, accepted',
      before: [published],
      want: nothing,
    },
    {
      ...accept,
      name: 'company folder: accepted, accepted again',
      before: [published, requested, accepted],
      want: nothing,
    },
    {
      ...accept,
      name: 'company folder: hidden, accepted',
      before: [published, requested, hidden],
      want: nothing,
    },
    {
      op: 'sharesCompanyRequest',
      name: 'company folder: hidden, asked for',
      as: 'member',
      before: [published, hidden],
      send: folder,
      want: nothing,
    },
    {
      op: 'sharesCompanyGetOne',
      name: 'company folder: an invitation of its owner makes it waiting',
      as: 'member',
      before: [published, invited(name, 'member')],
      send: (scene) => ({ params: { folder_hash: String(scene.kept.folder) } }),
      want: { status: 200, body: { status: 'waiting' } },
    },
  ]
}

const offer = (name: string): readonly Case[] => {
  const made: Step = async (scene) => {
    await done(scene, 'fileopsFolderCreate', 'writer', { body: { path: `/${name}` } })
    const values = { path: `/${name}`, member_login: 'member' }
    const { hash } = await done(scene, 'migrationContentsAdd', 'writer', { body: values })
    scene.kept.hash = hash
  }
  const rejected = step('migrationContentsReject', 'member', withHash)
  const removed = step('migrationContentsRemove', 'writer', withHash)
  const cases = (op: string, as: Persona): Case[] =>
    [
      ['rejected', rejected],
      ['removed', removed],
    ].map(([state, after]) => ({
      op,
      as,
      name: `migration: ${state}, then ${op.replace('migrationContents', '')}`,
      before: [made, after as Step],
      send: withHash,
      want: nothing,
    }))
  return [
    ...cases('migrationContentsAccept', 'member'),
    ...cases('migrationContentsReject', 'member'),
    ...cases('migrationContentsRemove', 'writer'),
  ]
}

const upload: readonly Case[] = [
  {
    op: 'filesConfirm',
    name: 'upload: a slot without its bytes, confirmed',
    as: null,
    before: [slot],
    send: confirming,
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    op: 'filesConfirm',
    name: 'upload: confirmed, confirmed again is the same file',
    as: null,
    before: [slot, sendBytes, (scene) => done(scene, 'filesConfirm', null, confirming(scene))],
    send: confirming,
    want: (scene) => ({ status: 200, body: { path: scene.path('/new.txt'), bytes: 5 } }),
  },
  {
    op: 'transferUpload',
    name: 'upload: confirmed, sent again',
    as: null,
    before: [slot, sendBytes, (scene) => done(scene, 'filesConfirm', null, confirming(scene))],
    send: (scene) => ({ method: 'PUT', path: String(scene.kept.path), bytes: 'other' }),
    want: { status: 404, code: 'NotFound' },
  },
]

async function slot(scene: Scene): Promise<void> {
  const values = { path: scene.path('/new.txt'), size: 5 }
  const { url, confirm_url } = await done(scene, 'filesCreate', 'writer', { body: values })
  const confirm = new URL(String(confirm_url))
  Object.assign(scene.kept, {
    url,
    path: new URL(String(url)).pathname,
    confirm: confirm.pathname + confirm.search,
  })
}
async function sendBytes(scene: Scene): Promise<void> {
  const { status } = await fetch(String(scene.kept.url), { method: 'PUT', body: 'hello' })
  expect(status).toBe(200)
}
function confirming(scene: Scene): Send {
  return { path: String(scene.kept.confirm) }
}

const device: Step = async (scene) => {
  const values = { login: 'reader', password: 'correct-horse-battery', permanent_auth: true }
  const { token, id } = await done(scene, 'accountsLogin', null, { body: values })
  Object.assign(scene.kept, { token, id })
}
const ofDevice = body((scene) => ({ token_id: scene.kept.id }))
const wipe = step('companyUserPermanentTokenRemove', 'admin', (scene) => ({
  body: { token_id: scene.kept.id, remote_wipe: true },
}))
const byDevice = (scene: Scene): Send => ({
  headers: { 'mountbit-auth': String(scene.kept.token) },
})
const gone = step('accountsRemovePermanentToken', 'reader', ofDevice)
const wiped = step('accountsTokenWiped', null, byDevice)

const tokens: readonly Case[] = [
  {
    op: 'accountsRemovePermanentToken',
    name: 'permanent token: removed, removed again',
    as: 'reader',
    before: [device, gone],
    send: ofDevice,
    want: nothing,
  },
  {
    op: 'accountsGet',
    name: 'permanent token: removed, used',
    as: null,
    before: [device, gone],
    send: byDevice,
    want: { status: 401, code: 'Unauthorized' },
  },
  {
    op: 'accountsCancelTokenRemoteWipe',
    name: 'permanent token: wiped, the wipe cancelled',
    as: 'reader',
    before: [device, wipe, wiped],
    send: ofDevice,
    want: nothing,
  },
  {
    op: 'companyUserPermanentTokenRemove',
    name: 'permanent token: wiped, removed by an administrator',
    as: 'admin',
    before: [device, wipe, wiped],
    send: ofDevice,
    want: nothing,
  },
]

const others: readonly Case[] = [
  {
    op: 'task',
    name: 'task: failed is 400',
    as: 'reader',
    before: [failedTask],
    send: (scene) => ({ params: { taskid: String(scene.kept.task) } }),
    want: { status: 400, code: 'TaskFailed' },
  },
  ...(['accept', 'decline', 'done', 'new'] as const).map(
    (status): Case => ({
      op: 'workflowCommentUpdateTaskStatus',
      name: `comment task: declined, then ${status}`,
      as: 'reader',
      before: [commentTask, step('workflowCommentUpdateTaskStatus', 'reader', declining)],
      send: (scene) => ({
        body: { path: scene.path('/a.txt'), id: scene.kept.comment, status },
      }),
      want: {
        status: 200,
        body: { assignees: [{ status }] },
        events: status === 'decline' ? 'any' : ['comment.changed'],
      },
    }),
  ),
]

/** An archive of something that is not there when a worker looks. */
async function failedTask(scene: Scene): Promise<void> {
  const input = { nodes: [999_999_999], name: null }
  const { token } = await startTask(scene.core('reader'), { kind: 'archive', input })
  scene.kept.task = token
  const status = async () =>
    (await scene.call('task', 'reader', { params: { taskid: token } })).status
  await expect.poll(status, { timeout: 10_000 }).not.toBe(200)
}

async function commentTask(scene: Scene): Promise<void> {
  const { id } = await done(scene, 'workflowCommentAdd', 'writer', {
    params: { path: scene.path('/a.txt') },
    body: { text: 'do it', type: 'task', assignees: [scene.userId('reader')] },
  })
  scene.kept.comment = id
}
function declining(scene: Scene): Send {
  return { body: { path: scene.path('/a.txt'), id: scene.kept.comment, status: 'decline' } }
}

const given = { '/a.txt': { file: 'alpha' } } as const

/** Each case of a machine that needs a folder of its own gets one. */
function fromEach(cases: (name: string) => readonly Case[]): ContractRow[] {
  return cases('').map((_, at) => {
    const { name, given: folder } = fresh()
    return rowOf(cases(name)[at]!, folder)
  })
}

function rowOf({ before, ...row }: Case, nodes: ContractRow['given'] = given): ContractRow {
  return {
    ...row,
    given: nodes,
    before: async (scene) => {
      for (const one of before) await one(scene)
    },
  }
}

/** Transitions that the rows of the tags do not show already: legal ones and others. */
export const stateRows: readonly ContractRow[] = [
  ...fromEach(invitation),
  ...fromEach(companyFolder),
  ...fromEach(offer),
  ...[...upload, ...tokens, ...others].map((one) => rowOf(one)),
]
