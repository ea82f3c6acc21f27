import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'media' and not reached. */
export const media: Gaps = {
  notBuilt: [],
  unreached: [
    {
      status: 206,
      why: 'files are answered by one function; the rows of media.orig prove it',
      operations: `
        media.raw
        media.preview
        media.vignette
        media.thumb
        media.card
        media.slide
        media.pdf`,
    },
    {
      status: 304,
      why: 'files are answered by one function; the rows of media.orig prove it',
      operations: `
        media.raw
        media.preview
        media.vignette
        media.card
        media.slide
        media.pdf`,
    },
    {
      status: 416,
      why: 'files are answered by one function; the rows of media.orig prove it',
      operations: `
        media.raw
        media.preview
        media.vignette
        media.thumb
        media.card
        media.slide
        media.pdf`,
    },
    {
      status: 400,
      why: 'one reader refuses wrong input for all; no row has wrong input for it',
      operations: `
        media.browse
        media.get_node_attr
        media.node_info
        media.attributes
        media.raw
        media.move_all
        media.copy
        media.copy_all
        media.trash`,
    },
    {
      status: 403,
      why: 'no row lacks a right for it; the matrix calls every service without a session',
      operations: `
        media.browse
        media.node_info
        media.attributes
        media.move_all
        media.copy
        media.copy_all`,
    },
    {
      status: 404,
      why: 'no row asks for what is not there; the permission matrix does',
      operations: `
        media.raw
        media.rename
        media.move_all
        media.copy_all
        media.trash`,
    },
    {
      status: 412,
      why: 'the same check of required values as for the service whose rows prove it',
      operations: `
        media.raw
        media.move_all
        media.copy
        media.copy_all`,
    },
    {
      status: 507,
      why: 'no row fills the quota',
      operations: `
        media.upload
        media.copy
        media.copy_all`,
    },
  ],
  unreachedCodes: [
    {
      why: 'no row makes this state for it',
      codes: `
        media.rename: INVALID_DATA, UNABLE_TO_RENAME_INBOUND, VARIABLE **nid** IS MANDATORY
        media.move: HUB_NOT_FOUND, INVALID_DATA, UNABLE_TO_TRANS_INBOUND
        media.move: VARIABLE **nid** IS MANDATORY, WICKET_HUB
        media.make_dir: INVALID_DATA
        media.upload: HUB_NOT_FOUND, OWNPATH_INCONSISTENT
        media.copy: HUB_NOT_FOUND
        media.trash: LOCKED`,
    },
  ],
}
