import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'storage' and not reached. */
export const storage: Gaps = {
  notBuilt: [],
  unreached: [
    {
      status: 201,
      why: 'who comes through a link never learns which bytes are known, so they are always sent',
      operations: `
        linksFileCreate`,
    },
    {
      status: 201,
      why: 'parts have no checksum before they are sent, so none can be known',
      operations: `
        linksFileCreatePart`,
    },
  ],
}
