import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { memoryMailer } from '../../adapters/mail/memory.ts'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import { runJobs } from '../jobs/run-jobs.ts'
import { createFolder } from '../nodes/create-folder.ts'
import { shareWith } from '../openings/share-with.ts'
import { READ } from '../permissions/permission.ts'
import { signIn } from '../sessions/sign-in.ts'
import { invite } from '../shares/invite.ts'
import { adminPassword, type IdentityWorld, identityWorld } from '../suites/identity-world.suite.ts'
import { faultOf, thrown } from '../suites/node-world.suite.ts'
import { updateOwnAccount } from './update-own-account.ts'
import { verifyEmail } from './verify-email.ts'

const partner = 'partner@outside.test'

describe.each(await testDatabases())('claimed addresses on $kind', (databases) => {
  const mailer = memoryMailer()
  let world: IdentityWorld
  let ann: number
  let node: { id: number }

  beforeAll(async () => {
    world = await identityWorld(databases, { mailer })
    ann = await world.addUser('ann')
    const bob = await world.addUser('bob')
    asBob = () => world.as(bob)
    node = (await createFolder(asBob(), { path: ['Folder'] })).node
  })
  afterAll(() => world.stop())

  let asBob: () => ReturnType<IdentityWorld['as']>
  const claim = async (email: string) => {
    const login = { login: 'ann', password: adminPassword, kind: 'cookie' } as const
    const { session } = await signIn(world.stranger(), login)
    const verifyAt = 'https://files.test/verify/{secret}'
    return updateOwnAccount(world.as(ann, 0, session.id), { email, verifyAt })
  }
  const inviteTo = (login: string) =>
    invite(asBob(), { node: { id: node.id }, to: { login }, permissions: READ })
  const share = async () => {
    const addressOf = (token: string) => `https://files.test/${token}`
    const place = { nodes: [{ id: node.id }], recipients: [partner], permissions: READ }
    const openings = await shareWith(asBob(), { ...place, addressOf })
    return openings.map(({ by }) => by)
  }

  test('who claims to be somebody gets nothing that is meant for him', async () => {
    await claim(partner)
    expect(await faultOf(inviteTo(partner))).toBe('not-found user')
    // A link goes to who reads the address.
    expect(await share()).toEqual(['link'])
    const named = updateOwnAccount(world.as(ann), { userName: 'other@outside.test' })
    expect((await thrown(named)).data).toEqual({ field: 'userName', rule: 'address' })
    await updateOwnAccount(world.as(ann), { userName: partner })
    expect(await faultOf(inviteTo(partner))).toBe('not-found user')
  })

  test('who has shown that he reads it is meant', async () => {
    await runJobs(world.app, world.tenant)
    const mail = mailer.sent.find(({ text }) => text.includes('/verify/'))
    const secret = /verify\/([\w-]+)/.exec(mail!.text)![1]!
    await verifyEmail(world.stranger(), { secret, isMeant: () => true })
    expect(await inviteTo(partner)).toHaveProperty('token')
  })
})
