import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'storage' and not reached. */
export const storage: Gaps = {
  notBuilt: [],
  unreached: [
    {
      status: 400,
      why: 'one reader refuses wrong input for all; no row has wrong input for it',
      operations: `
        filesProgressDownloadStreams
        filesProgressDownloadStreamsAll
        filesDownloadAsArchiveStream
        fileopsDelete
        linksDelete
        links
        linksGet
        linksMetadata
        linksInfo`,
    },
    {
      status: 403,
      why: 'no row lacks a right for it; the permission matrix asks where a right is needed',
      operations: `
        filesDownloadAsArchive
        filesDownloadAsArchiveStreamDirect
        filesCreateArchiveStream
        filesDownloadAsArchiveStream
        filesConfirm
        filesGet
        linksDelete
        linksInfo`,
    },
    {
      status: 404,
      why: 'no row asks for what is not there; the permission matrix does',
      operations: `
        fileopsFolderCreate
        linksInfo`,
    },
    {
      status: 413,
      why: 'no row announces more than the server takes',
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
      status: 402,
      why: 'no row fills the quota',
      operations: `
        linksAddToStorage
        linksFileCreate`,
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
      why: 'a link that ends does so as in links/file_create',
      codes: `
        linksFileCreatePart: LinkExpired`,
    },
    {
      why: 'the link is blocked for a while as in links/file_create',
      codes: `
        linksAddToStorage: LinkBlocked`,
    },
    {
      why: 'a link ends in seconds at the soonest, and rows do not wait',
      codes: `
        linksDownloadAsArchive: LinkExpired
        linksDownloadAsArchiveStream: LinkExpired`,
    },
    {
      why: 'no row makes this state for it',
      codes: `
        fileopsRename: Forbidden
        linksDelete: FileNotFound
        linksMetadata: LinkBlocked, LinkDownloadsExceeded, LinkExpired
        linksGet: LinkBlocked, LinkExpired, LinkPasswordRequired`,
    },
  ],
}
