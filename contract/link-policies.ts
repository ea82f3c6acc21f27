import type { Settings } from '../server/core/settings/settings.ts'

/** What a tenant with policies for links asks of them; rows of each face run in such a one. */
export const linkPolicies: Partial<Settings> = {
  linkPasswordLength: 6,
  downloadLinkDays: 7,
  uploadLinkDays: 3,
}

/** Whether a time is so many days ahead. */
export function isDaysAhead(time: number, days: number): boolean {
  return Math.abs(time - Date.now() - days * 86_400_000) < 60_000
}
