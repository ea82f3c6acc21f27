import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import type { Page, PageRequest } from '../nodes/node.ts'
import { checkedPage } from '../pages/checked-page.ts'
import { personOf } from '../users/person.ts'
import type { Person } from '../users/user.ts'
import type { Admission, AdmissionFilter, AdmissionSort } from './admission-store.ts'

export type AdmissionView = Admission & {
  readonly user: Person
  readonly groupName: string
  readonly roomName: string
}

export type FindAdmissions = {
  readonly filter?: Omit<AdmissionFilter, 'managedBy'>
  /** Default: by room. */
  readonly sort?: readonly AdmissionSort[]
  readonly page: PageRequest
}

/** Who waits, or was denied, in the rooms that the actor manages. */
export async function findAdmissions(
  ctx: Ctx,
  input: FindAdmissions,
): Promise<Page<AdmissionView>> {
  const { userId } = actingUser(ctx)
  const page = checkedPage(ctx, input.page)
  const filter = { ...input.filter, managedBy: { userId, now: ctx.now } }
  return ctx.read(async (tx) => {
    const total = await tx.admissions.count(filter)
    const found = await tx.admissions.page(filter, input.sort ?? [], page)
    const people = await tx.users.people(found.map((one) => one.userId))
    const groups = await tx.groups.findMany(found.map((one) => one.groupId))
    const rooms = await tx.nodes.findMany(found.map((one) => one.roomId))
    const groupNames = new Map(groups.map(({ id, name }) => [id, name]))
    const roomNames = new Map(rooms.map(({ id, name }) => [id, name]))
    const items = found.map((one) => ({
      ...one,
      user: personOf(people, one.userId),
      groupName: groupNames.get(one.groupId) ?? '',
      roomName: roomNames.get(one.roomId) ?? '',
    }))
    return { ...page, total, items }
  })
}
