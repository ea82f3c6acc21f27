import { isRefusal, type Refusal, refusal, type Sharing } from './client.ts'
import { type CloudikeCalls, place, refused, refusedBy } from './cloudike-calls.ts'

type Words = Omit<Sharing, 'shareFor'>
type Offer = { readonly hash: string; readonly directory_name: string }
type Collaborator = {
  readonly login: string
  readonly owner: boolean
  readonly writer: boolean
  readonly status: string
}

const loginOf = (email: string) => `email:${email}`

/** Whoever is named is invited, and answers the hash of his invitation. */
export function cloudikeSharing({ get, post }: CloudikeCalls): Words {
  return {
    async share(path, email, right) {
      const made = await post('/fileops/folder_create/', { path: place(path) })
      if (!made.ok) {
        const refusal = await refused(made)
        if (refusal.refused !== 'name-taken') return refusal
      }
      const body = { path: place(path), member_login: loginOf(email), writer: right === 'write' }
      return refusedBy(await post('/shares/add/', body))
    },
    async offers() {
      const all = await offers()
      return isRefusal(all) ? all : all.map((one) => one.directory_name)
    },
    accept: (name) => answer('accept', name),
    decline: (name) => answer('decline', name),
    async members(path) {
      const response = await get(`/shares/collaborators/?path=${encodeURIComponent(place(path))}`)
      if (!response.ok) return refused(response)
      const all = (await response.json()) as Collaborator[]
      return all.flatMap(({ owner, status, login, writer }) =>
        owner || status !== 'accepted'
          ? []
          : [{ email: login.replace(/^email:/, ''), right: writer ? 'write' : 'read' }],
      )
    },
    removeMember: async (path, email) =>
      refusedBy(await post('/shares/remove/', { path: place(path), member_login: loginOf(email) })),
    leave: async (name) => refusedBy(await post('/fileops/delete/', { path: place([name]) })),
    endSharing: async (path) => refusedBy(await post('/shares/unshare/', { path: place(path) })),
  }

  async function offers(): Promise<Offer[] | Refusal> {
    const response = await get('/shares/invites/')
    return response.ok ? ((await response.json()) as Offer[]) : refused(response)
  }

  async function answer(word: 'accept' | 'decline', name: string): Promise<Refusal | undefined> {
    const all = await offers()
    if (isRefusal(all)) return all
    const offer = all.find((one) => one.directory_name === name)
    if (!offer) return refusal(404, `${name} is not offered`)
    return refusedBy(await post(`/shares/${word}/`, { hash: offer.hash }))
  }
}
