import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'authn' and not reached. */
export const authn: Gaps = {
  notBuilt: [],
  unreached: [],
}
