import type { Link } from '../../core/links/link.ts'
import { visitorPermissions } from '../../core/links/visited-link.ts'
import { CREATE, READ } from '../../core/permissions/permission.ts'
import { ownerWord, privilegeWord, wordPermissions } from './privileges.ts'
import { refuseInput } from './refuse.ts'

type Purpose = Pick<Link, 'kind' | 'takesUploads'>

/** The word for who is nobody: whoever has a link with it may look. */
const anonymousWord = 1

/**
 * What a link is for that gives a rights word to visitors: reading makes a download link, writing
 * too lets them bring files, and writing alone makes an upload link. More than that no link gives.
 */
export function linkPurpose(word: number): Purpose {
  const gives = word > ownerWord ? 0 : wordPermissions(word)
  const reads = word === anonymousWord || (gives & READ) !== 0
  const takes = (gives & CREATE) !== 0
  if (reads) return { kind: 'download', takesUploads: takes }
  if (takes) return { kind: 'upload', takesUploads: false }
  return refuseInput(
    'permission',
    'range',
    'permission is a number from 1 to 63 that lets visitors read or write',
  )
}

/** What a word asks for; nothing without one. */
export function purposeOf(word: number | undefined): Partial<Purpose> {
  return word === undefined ? {} : linkPurpose(word)
}

/** The word that a link gives. */
export function linkWord(link: Purpose): number {
  return privilegeWord(visitorPermissions(link))
}
