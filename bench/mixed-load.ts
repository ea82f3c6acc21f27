import { randomBytes } from 'node:crypto'
import { httpClient, percentiles } from './load.ts'
import type { Measure } from './measures.ts'
import { type Client, signIn, uploadInThreeCalls } from './people.ts'
import { benchPassword, type ServerProcess } from './server-process.ts'

/** What fifty people do at once in one room, and how often of a hundred times. */
const shares = { browse: 45, download: 25, upload: 15, search: 10, share: 5 } as const
type Act = keyof typeof shares
const acts = Object.keys(shares) as Act[]

const json = { 'content-type': 'application/json' }
const users = 50
const everywhere = 'depth_level=-1&limit=50'
const file = randomBytes(10 * 1024)

type Worker = { readonly bearer: Readonly<Record<string, string>>; readonly name: string }
type Room = { readonly id: number; readonly files: number[] }

/** Fifty users in a mixed load through DRACOON: calls a second, and how long each kind takes. */
export async function measureMixedLoad(server: ServerProcess, calls: number): Promise<Measure[]> {
  const client = httpClient(users)
  const admin = await signIn(client, server.url)
  const workers = await makeWorkers(client, server.url, admin.bearer)
  const room = await makeRoom(client, server.url, admin.bearer, workers)
  const times: Record<Act, number[]> = {
    browse: [],
    download: [],
    upload: [],
    search: [],
    share: [],
  }
  let next = 0
  const started = performance.now()
  await Promise.all(
    workers.map(async (worker) => {
      while (next < calls) {
        const turn = next++
        const act = actOf(turn)
        const began = performance.now()
        await perform[act](client, server.url, worker, room, turn)
        times[act].push(performance.now() - began)
      }
    }),
  )
  const seconds = (performance.now() - started) / 1000
  client.close()
  const all = { what: 'fifty users, mixed load: actions', value: calls / seconds, unit: '1/s' }
  return [all, ...acts.map((act) => measureOf(act, times[act]))]
}

function measureOf(act: Act, times: number[]): Measure {
  const { p50, p95, p99 } = percentiles(times)
  const note = `p95 ${p95.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, ${times.length} times`
  return { what: `  ${act}, p50`, value: p50, unit: 'ms', note }
}

/** The mix, spread evenly: the same turn is the same act in every run. */
function actOf(turn: number): Act {
  let left = (turn * 37) % 100
  for (const act of acts) {
    left -= shares[act]
    if (left < 0) return act
  }
  return 'browse'
}

type Perform = (
  client: Client,
  url: string,
  worker: Worker,
  room: Room,
  turn: number,
) => Promise<unknown>

const perform: Readonly<Record<Act, Perform>> = {
  browse: (client, url, { bearer }, { id }) =>
    client.send({
      method: 'GET',
      url: `${url}/api/v4/nodes?parent_id=${id}&limit=100`,
      headers: bearer,
    }),
  download: async (client, url, { bearer }, { files }, turn) => {
    const asked = await client.send({
      method: 'POST',
      url: `${url}/api/v4/nodes/files/${files[turn % files.length]}/downloads`,
      headers: bearer,
    })
    const { downloadUrl } = JSON.parse(asked.body.toString()) as { downloadUrl: string }
    return client.send({ method: 'GET', url: downloadUrl })
  },
  upload: async (client, url, { bearer, name }, room, turn) => {
    const session = { bearer, cookieHeaders: {}, homeId: 0, hubId: '' }
    const made = `${name} ${turn}.bin`
    room.files.push(await uploadInThreeCalls(client, url, session, room.id, made, file))
  },
  search: (client, url, { bearer, name }, { id }) =>
    client.send({
      method: 'GET',
      url: `${url}/api/v4/nodes/search?${everywhere}&search_string=${name}&parent_id=${id}`,
      headers: bearer,
    }),
  share: (client, url, { bearer }, { files }, turn) =>
    client.send({
      method: 'POST',
      url: `${url}/api/v4/shares/downloads`,
      headers: { ...bearer, ...json },
      body: JSON.stringify({ nodeId: files[turn % files.length] }),
    }),
}

async function makeWorkers(
  client: Client,
  url: string,
  admin: Readonly<Record<string, string>>,
): Promise<(Worker & { readonly id: number })[]> {
  const basic = Buffer.from('dracoon_legacy_scripting:').toString('base64')
  const make = async (index: number) => {
    const name = `worker-${index}`
    const made = await client.send({
      method: 'POST',
      url: `${url}/api/v4/users`,
      headers: { ...admin, ...json },
      body: JSON.stringify({
        firstName: name,
        lastName: 'Bench',
        userName: name,
        authData: {
          method: 'basic',
          login: name,
          password: benchPassword,
          mustChangePassword: false,
        },
      }),
    })
    const token = await client.send({
      method: 'POST',
      url: `${url}/oauth/token`,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        authorization: `Basic ${basic}`,
      },
      body: `grant_type=password&username=${name}&password=${benchPassword}`,
    })
    const { access_token } = JSON.parse(token.body.toString()) as { access_token: string }
    const { id } = JSON.parse(made.body.toString()) as { id: number }
    return { id, name, bearer: { authorization: `Bearer ${access_token}` } }
  }
  return Promise.all(Array.from({ length: users }, (_, index) => make(index)))
}

/** A room where all of them may do everything but govern, with a hundred files to begin with. */
async function makeRoom(
  client: Client,
  url: string,
  admin: Readonly<Record<string, string>>,
  workers: readonly (Worker & { readonly id: number })[],
): Promise<Room> {
  const headers = { ...admin, ...json }
  const made = await client.send({
    method: 'POST',
    url: `${url}/api/v4/nodes/rooms`,
    headers,
    body: JSON.stringify({ name: 'Mixed load' }),
  })
  const { id } = JSON.parse(made.body.toString()) as { id: number }
  const permissions = {
    manage: false,
    read: true,
    create: true,
    change: true,
    delete: true,
    manageDownloadShare: true,
    manageUploadShare: true,
    readRecycleBin: true,
    restoreRecycleBin: true,
    deleteRecycleBin: false,
  }
  await client.send({
    method: 'PUT',
    url: `${url}/api/v4/nodes/rooms/${id}/users`,
    headers,
    body: JSON.stringify({ items: workers.map((worker) => ({ id: worker.id, permissions })) }),
  })
  const session = { bearer: admin, cookieHeaders: {}, homeId: 0, hubId: '' }
  const files: number[] = []
  for (let index = 0; index < 100; index++) {
    files.push(await uploadInThreeCalls(client, url, session, id, `first ${index}.bin`, file))
  }
  return { id, files }
}

/** Searches among all that is there: a word that one name has, and one that all have. */
export async function measureSearch(server: ServerProcess, size: number): Promise<Measure[]> {
  const client = httpClient(1)
  const { bearer } = await signIn(client, server.url)
  const measures: Measure[] = []
  for (const [said, text] of [
    ['one of them', `item ${size - 7}`],
    ['a part of many names', '*tem 9*'],
    ['a name that is not there', 'nowhere at all'],
  ] as const) {
    const wanted = `search_string=${encodeURIComponent(text)}`
    const url = `${server.url}/api/v4/nodes/search?${everywhere}&${wanted}`
    const times: number[] = []
    for (let round = 0; round < 15; round++) {
      const began = performance.now()
      await client.send({ method: 'GET', url, headers: bearer })
      times.push(performance.now() - began)
    }
    const { p50, p99 } = percentiles(times)
    const what = `search of ${size.toLocaleString('en')} nodes: ${said}`
    measures.push({ what, value: p50, unit: 'ms', note: `slowest ${p99.toFixed(1)} ms` })
  }
  client.close()
  return measures
}
