import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { doctor } from '../../server/main/commands/doctor.ts'
import { fsck } from '../../server/main/commands/fsck.ts'
import { withTool } from '../../server/main/commands/open-tool.ts'
import { loadConfig } from '../../server/main/config.ts'
import { dracoon } from '../dracoon/driver.ts'
import { adminPassword, startWorld, type World } from '../world.ts'
import { heard } from './heard.ts'
import { furnish } from './office.ts'
import { engines, makePlace, type Place } from './place.ts'
import { runStrongroom } from './run-strongroom.ts'

async function diagnosed(env: Readonly<Record<string, string>>) {
  const { terminal, out } = heard()
  const code = await doctor(() => loadConfig(env), terminal)
  return { code, out: out() }
}

describe.each(await engines())('beside a server on %s', (engine) => {
  let place: Place
  let world: World
  beforeAll(async () => {
    place = await makePlace({ engine, storage: 'disk' })
    world = await startWorld({ engine: 'sqlite', env: place.env })
    await furnish(world)
  })
  afterAll(async () => {
    await world?.stop()
    await place?.drop()
  })
  const checked = async (options: Parameters<typeof fsck>[1]) => {
    const { terminal, out } = heard()
    return { code: await fsck(loadConfig(place.env), options, terminal), out: out() }
  }
  const write = (statement: ReturnType<typeof sql>) =>
    withTool(loadConfig(place.env), heard().terminal, ({ engine: tool }) =>
      tool.write((db) => statement.execute(db)),
    )

  it('doctor finds nothing wrong', async () => {
    const { port } = new URL(world.url)
    const { code, out } = await diagnosed({ ...place.env, STRONGROOM_LISTEN: `127.0.0.1:${port}` })
    expect(out).toMatch(/^✓ Port: a server answers at .* and is ready$/m)
    expect(out).toMatch(engine === 'sqlite' ? /^✓ Database: SQLite/m : /^✓ Database: PostgreSQL/m)
    expect(out).toMatch(/^✓ Schema: \d{4}-[\w-]+, the newest$/m)
    expect(out).not.toContain('✗')
    expect(code).toBe(0)
  })

  const settingsTold = async () => {
    const tool = (setting: string) =>
      withTool(loadConfig(place.env), heard().terminal, ({ engine: database }) =>
        database.exclusive(async (db) => {
          const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(
            db,
          )
          const name = sql.id(rows[0]?.name ?? '')
          await sql`alter database ${name} set synchronous_commit = ${sql.raw(setting)}`.execute(db)
        }),
      )
    await tool('off')
    expect(await diagnosed(place.env)).toMatchObject({
      code: 1,
      out: expect.stringMatching(/^✗ Settings: PostgreSQL runs with synchronous_commit=off/m),
    })
    await tool('on')
  }
  if (engine === 'postgres') it('doctor tells settings that lose commits', settingsTold)

  it('fsck finds nothing, then what is planted, and repairs what it can', async () => {
    expect(await checked({ deep: true })).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^✓ \d+ versions, nothing wrong \(every byte was read\)/),
    })
    await write(sql`update tallies set files = files + 1 where node_id =
      (select min(id) from nodes where name = 'letters')`)
    const found = await runStrongroom(['fsck'], place.env)
    expect(found).toMatchObject({ code: 1, out: expect.stringMatching(/^tally: tenant 1, node/) })
    expect(found.out).toContain('✗ 1 finding, 0 repaired (sizes only')
    expect(await checked({ repair: true })).toMatchObject({
      code: 1,
      out: expect.stringContaining('(repaired)'),
    })
    expect((await checked({})).code).toBe(0)
  })

  it('settings shows and changes what holds for all accounts', async () => {
    const settings = (...args: string[]) => runStrongroom(['settings', ...args], place.env)
    const changed = await settings('registration=on', 'address=off')
    expect(changed).toMatchObject({ code: 0, err: '' })
    expect(changed.out).toContain('registration=on ')
    expect((await settings('--tenant', 'localhost')).out).toContain('registration=off')
    expect(await settings('king=on')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/there is no setting king; settings are agreement, address,/),
    })
    expect((await settings('registration=off')).out).toContain('registration=off')
  }, 60_000)

  it('user create makes accounts that can sign in', async () => {
    const create = (args: readonly string[], input = '') =>
      runStrongroom(['user', 'create', ...args], place.env, input)
    const names = ['--first', 'Ada', '--last', 'Byron']
    const made = await create(['--login', 'ada', '--role', 'users', 'rooms', ...names])
    expect(made).toMatchObject({ code: 0, err: '' })
    const [, generated = ''] = /^Password: (\S+)$/m.exec(made.out) ?? []
    await dracoon.signIn(world.url, 'ada', generated)
    const given = ['--login', 'eve', '--password-stdin', ...names]
    expect((await create(given, 'a chosen password\n')).out).not.toContain('Password:')
    await dracoon.signIn(world.url, 'eve', 'a chosen password')
    const tenant = ['--tenant', 'localhost', '--login', 'ada', '--email', 'ada@example.test']
    expect(await create([...tenant, ...names])).toMatchObject({
      code: 0,
      out: expect.stringContaining('in Elsewhere'),
    })
    const refusals: [string[], RegExp][] = [
      [['--login', 'ada'], /an account with this login is there already/],
      [['--login', 'x', '--role', 'king'], /there is no role king; roles are administrator,/],
      [['--login', 'x', '--tenant', 'nowhere.test'], /no tenant answers on nowhere\.test/],
      [['--login', 'x', '--email', 'no'], /--email has not the right form/],
      [['--login', 'x', '--password-stdin'], /there is no password on standard input/],
    ]
    for (const [args, says] of refusals) {
      const refused = await create([...args, ...names])
      expect(refused, args.join(' ')).toMatchObject({ code: 1, err: expect.stringMatching(says) })
    }
  })
})

describe('doctor', () => {
  const folders: string[] = []
  const fresh = () => {
    const folder = mkdtempSync(join(tmpdir(), 'strongroom-doctor-'))
    folders.push(folder)
    return folder
  }
  const settings = (more: Record<string, string> = {}) => ({
    STRONGROOM_LISTEN: '127.0.0.1:0',
    STRONGROOM_DATA: fresh(),
    ...more,
  })
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
  })
  const expectWrong = async (env: Record<string, string>, says: RegExp) => {
    const { code, out } = await diagnosed(env)
    expect(out).toMatch(says)
    expect(code).toBe(1)
  }

  it('makes nothing where nothing is', async () => {
    const env = settings()
    const missing = join(env.STRONGROOM_DATA, 'a', 'b')
    const { code, out } = await diagnosed({ ...env, STRONGROOM_DATA: missing })
    expect(out).toContain('is made at the first start')
    expect(code).toBe(0)
    expect(readdirSync(env.STRONGROOM_DATA)).toEqual([])
  })

  it('tells every fault of the configuration', async () => {
    const env = settings({ STRONGROOM_LISTEN: 'here', STRONGROOM_MAX_BODY_BYTES: 'much' })
    await expectWrong(env, /^✗ Configuration: STRONGROOM_LISTEN must be/m)
    await expectWrong(env, /^✗ Configuration: STRONGROOM_MAX_BODY_BYTES must be/m)
    const { out, code } = await diagnosed(settings({ STRONGROOM_DATAA: 'x' }))
    expect(out).toMatch(/^! STRONGROOM_DATAA is no setting/m)
    expect(code).toBe(0)
  })

  it('tells what is wrong with the data directory', async () => {
    const memory = mkdtempSync('/dev/shm/strongroom-doctor-')
    folders.push(memory)
    await expectWrong(settings({ STRONGROOM_DATA: memory }), /^✗ File system: .* lives in memory/m)
    const open = settings()
    chmodSync(open.STRONGROOM_DATA, 0o777)
    await expectWrong(open, /^✗ Permissions: every user .* can write/m)
    const file = join(fresh(), 'file')
    writeFileSync(file, '')
    await expectWrong(settings({ STRONGROOM_DATA: file }), /^✗ Data directory: .* is no directory/m)
    await expectWrong(
      settings({ STRONGROOM_DATA: '/proc/1/data' }),
      /^✗ Data directory: .*missing/m,
    )
  })

  it('tells what is wrong with the key', async () => {
    const env = settings()
    writeFileSync(join(env.STRONGROOM_DATA, 'keys.json'), '{"secretKey":"c2hvcnQ"}', {
      mode: 0o600,
    })
    await expectWrong(env, /^✗ Key: .* has 5 bytes, 32 are needed/m)
    await expectWrong(settings({ STRONGROOM_SECRET_KEY: 'a'.repeat(64) }), /^✗ Key: .*not random/m)
  })

  it('tells what is wrong with the database', async () => {
    const nobody = 'postgres://postgres@127.0.0.1:1/strongroom'
    await expectWrong(
      settings({ STRONGROOM_DATABASE_URL: nobody }),
      /^✗ Database: PostgreSQL cannot be reached \(.*ECONNREFUSED.*\); check STRONGROOM_DATABASE/m,
    )
    const env = settings()
    writeFileSync(join(env.STRONGROOM_DATA, 'strongroom.db'), 'not a database at all'.repeat(100))
    await expectWrong(env, /^✗ Database: file is not a database/m)
    const newer = await makePlace({ engine: 'sqlite', storage: 'disk' })
    const world = await startWorld({ engine: 'sqlite', env: newer.env })
    await world.stop()
    const tool = (statement: ReturnType<typeof sql>) =>
      withTool(loadConfig(newer.env), heard().terminal, ({ engine }) =>
        engine.write((db) => statement.execute(db)),
      )
    await tool(sql`update events set at = at + 3600000`)
    await expectWrong(newer.env, /^✗ Clock: 3\d{3} s behind the newest event/m)
    await tool(sql`insert into kysely_migration values ('9999-x', 'now')`)
    await expectWrong(newer.env, /^✗ Schema: made by a newer program \(9999-x\)/m)
    await newer.drop()
  })

  it('tells who has the port', async () => {
    const other = createServer((_request, response) => response.end('hello'))
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo
    await expectWrong(
      settings({ STRONGROOM_LISTEN: `127.0.0.1:${port}` }),
      /^✗ Port: another program has 127\.0\.0\.1:\d+; stop it/m,
    )
    other.close()
  })

  it('tells that the bucket is not there', async () => {
    const storage = 's3://nothing?endpoint=http://127.0.0.1:1'
    const keys = { STRONGROOM_S3_ACCESS_KEY: 'x', STRONGROOM_S3_SECRET: 'y' }
    await expectWrong(
      settings({ STRONGROOM_STORAGE_URL: storage, ...keys }),
      /^✗ Byte store: nothing at http:\/\/127\.0\.0\.1:1: .*; check STRONGROOM_STORAGE_URL/m,
    )
  })
})

describe('commands in the wrong place', () => {
  it('make no installation of their own', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'strongroom-nothing-'))
    const env = { STRONGROOM_DATA: folder, STRONGROOM_ADMIN_PASSWORD: adminPassword }
    for (const args of [['fsck'], ['backup', join(folder, 'to')]]) {
      const { code, err } = await runStrongroom(args, env)
      expect(err).toMatch(/there is no database at .*; run the command with the server’s settings/)
      expect(code).toBe(1)
    }
    expect(readdirSync(folder)).toEqual([])
    rmSync(folder, { recursive: true })
  })
})
