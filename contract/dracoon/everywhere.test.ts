import { afterAll, beforeAll, describe, it } from 'vitest'
import { changeSettings } from '../../server/core/settings/change-settings.ts'
import { createUser } from '../../server/core/users/create-user.ts'
import type { Scene } from '../row.ts'
import { openStage, runRowIn, type Stage, setScene, urlFor } from '../run.ts'
import { contextOf, password } from '../scene.ts'
import { dracoon } from './driver.ts'
import { everywhereRows } from './everywhere.rows.ts'
import { everywhereInputRows } from './everywhere-input.rows.ts'

/** All rows share one scene: none of them changes anything. */
describe('dracoon everywhere', () => {
  let stage: Stage
  let scene: Scene
  beforeAll(async () => {
    stage = await openStage(dracoon)
    scene = await setScene(dracoon, stage, {}, 'everywhere')
    await leaveTokens(stage, scene)
  })
  afterAll(() => stage?.world.stop())

  for (const row of [...everywhereRows, ...everywhereInputRows]) {
    it(`${row.op}: ${row.name}`, () => runRowIn(dracoon, stage, scene, row))
  }
})

/** The other tenant asks for an agreement and an address; one person there owes each thing. */
async function leaveTokens(stage: Stage, { kept }: Scene): Promise<void> {
  const { app } = stage.world
  const { other, ids } = stage.cast
  const ctx = contextOf(app, other, ids.stranger)
  await changeSettings(ctx, { agreement: true, address: true })
  const owing = {
    owesPassword: { mustChangePassword: true },
    owesAgreement: { email: 'agreement@example.test' },
    owesEmail: { agreedAt: ctx.now },
  }
  for (const [userName, change] of Object.entries(owing)) {
    const names = { userName, firstName: 'Owes', lastName: 'Something' }
    const { user } = await createUser(ctx, { ...names, password })
    await ctx.write((tx) => tx.users.update(user.id, change))
    kept[userName] = (await tokensOf(urlFor(stage.world, 'stranger'), userName)).access
  }
  const { refresh } = await tokensOf(stage.world.url, 'member')
  kept.otherKind = refresh
  const { access } = await tokensOf(stage.world.url, 'member')
  const header = { authorization: `Bearer ${access}` }
  await fetch(`${stage.world.url}/api/v4/user/logout`, { method: 'POST', headers: header })
  kept.over = access
}

async function tokensOf(url: string, username: string) {
  const client = Buffer.from('dracoon_legacy_scripting:').toString('base64')
  const response = await fetch(`${url}/oauth/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${client}` },
    body: new URLSearchParams({ grant_type: 'password', username, password }),
  })
  const body = (await response.json()) as { access_token: string; refresh_token: string }
  return { access: body.access_token, refresh: body.refresh_token }
}
