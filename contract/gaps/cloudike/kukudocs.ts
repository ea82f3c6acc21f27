import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'kukudocs' and not reached. */
export const kukudocs: Gaps = {
  notBuilt: [
    {
      missing: 'viewing office documents is not built',
      operations: `
        kukudocsView
        kukudocsLinkView`,
    },
  ],
  unreached: [],
}
