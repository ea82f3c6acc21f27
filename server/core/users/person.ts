import type { Person } from './user.ts'

/** A person by id: 'external' without an id, 'deleted' where the account is gone. */
export function personOf(people: ReadonlyMap<number, Person>, id: number | null): Person {
  const known = id === null ? undefined : people.get(id)
  if (known) return known
  const kind = id === null ? 'external' : 'deleted'
  return { id, userName: '', firstName: '', lastName: '', email: null, kind }
}
