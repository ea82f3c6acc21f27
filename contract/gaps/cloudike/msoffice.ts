import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'msoffice' and not reached. */
export const msoffice: Gaps = {
  notBuilt: [
    {
      missing: 'editing office documents (WOPI) is not built',
      operations: `
        wopiView
        wopiLinkView
        wopiEdit
        wopiFiles
        wopiFilesAct
        wopiFilesContents
        wopiFilesContentsPut`,
    },
  ],
  unreached: [],
}
