import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'storage' and not reached. */
export const storage: Gaps = {
  notBuilt: [],
  unreached: [
    {
      status: 403,
      why: 'what it tells needs no password and takes no opening',
      operations: `
        linksInfo`,
    },
    {
      status: 404,
      why: 'folders on the way are made',
      operations: `
        fileopsFolderCreate`,
    },
    {
      status: 413,
      why: 'bytes past the limit are refused as they come',
      operations: `
        filesConfirm`,
    },
    {
      status: 201,
      why: 'nobody learns through a link which bytes are known, and a part is always wanted',
      operations: `
        linksFileCreate
        linksFileCreatePart`,
    },
    {
      status: 403,
      why: 'a part has no password of its own',
      operations: `
        linksFileCreatePart`,
    },
  ],
  unreachedCodes: [
    {
      why: 'a link of this API has no limit of files, and the key is all the right that one needs',
      codes: `
        linksFileCreate: LinkDownloadsExceeded, Forbidden, FileNotFound`,
    },
    {
      why: 'looking takes no opening',
      codes: `
        linksMetadata: LinkDownloadsExceeded`,
    },
  ],
}
