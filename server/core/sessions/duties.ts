import { fault } from '../fault.ts'
import type { Tenant } from '../tenants/tenant.ts'
import type { User } from '../users/user.ts'

/** What an account owes before it may go on, in the order in which it is asked for. */
export type Duty = 'change-password' | 'agree' | 'give-email'

/** The open duties of an account; empty for almost all. */
export function dutiesOf({ settings }: Pick<Tenant, 'settings'>, user: User): Duty[] {
  const duties: Duty[] = []
  if (user.mustChangePassword) duties.push('change-password')
  if (settings.agreement && user.agreedAt === null) duties.push('agree')
  if (settings.address && user.email === null) duties.push('give-email')
  return duties
}

/** Faults 'forbidden' 'session' with data.rule 'must-…' for the first duty, if there is one. */
export function refuseDuties([first]: readonly Duty[]): void {
  if (first) fault('forbidden', 'session', undefined, { rule: `must-${first}` })
}
