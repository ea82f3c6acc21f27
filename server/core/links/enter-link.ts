import type { Ctx } from '../ctx.ts'
import { Fault, fault } from '../fault.ts'
import type { Node } from '../nodes/node.ts'
import { countersFor, guarded } from '../sessions/guarded.ts'
import { checkable } from '../sessions/with-account.ts'
import type { Tx } from '../store.ts'
import type { Link } from './link.ts'
import { opensLink } from './link-pass.ts'
import type { LinkWithHash } from './link-store.ts'
import { isEntry } from './link-ticket.ts'
import { servesFor } from './needed-to-share.ts'
import { requireOpened } from './opened-node.ts'

export type LinkKey = {
  readonly token: string
  /** Or a pass. Several: any of them, for what may be meant in more than one way. */
  readonly password?: string | readonly string[]
  /** Only a link that serves for this (`servesFor`); default: any. */
  readonly kind?: Link['kind']
}

/** A link that was entered: with its password, if it has one, and on its maker's authority. */
export type Entered = LinkWithHash & { readonly node: Node }

/** Longer than any token that was given out. */
const maxToken = 200

/** A link by its token. Faults 'not-found' 'link', 'expired' 'link'. */
export async function linkByToken(ctx: Ctx, tx: Tx, key: LinkKey): Promise<Entered> {
  const { token, kind } = key
  const known = token !== '' && token.length <= maxToken
  const found = known ? await tx.links.findByDigest(ctx.secrets.digest(token)) : undefined
  if (!found || (kind && !servesFor(found.link, kind))) return fault('not-found', 'link')
  return { ...found, node: await requireOpened(ctx, tx, found.link) }
}

/**
 * Lets a stranger in and runs `use` in a transaction with the link as it is then. Wrong passwords
 * are counted for the link and for the network. Faults: those of `linkByToken`;
 * 'password-required', 'wrong-credentials' and 'locked' 'link'.
 */
export async function enterLink<T>(
  ctx: Ctx,
  key: LinkKey,
  use: (tx: Tx, entered: Entered) => Promise<T>,
  mode: 'read' | 'write',
): Promise<T> {
  const { link, passwordHash } = await ctx.read((tx) => linkByToken(ctx, tx, key))
  if (passwordHash === null) {
    return ctx[mode](async (tx) => {
      const entered = await linkByToken(ctx, tx, key)
      return entered.passwordHash === null ? use(tx, entered) : fault('password-required', 'link')
    })
  }
  const { password } = key
  if (password === undefined) return fault('password-required', 'link')
  const given = typeof password === 'string' ? [password] : password
  const passwords = given.filter((one) => !isEntry(one))
  if (given.some((one) => opensLink(ctx, { link, passwordHash }, one))) {
    return ctx[mode](async (tx) => {
      const entered = await linkByToken(ctx, tx, key)
      const isSame = entered.passwordHash === passwordHash
      return isSame ? use(tx, entered) : fault('password-required', 'link')
    })
  }
  if (passwords.length === 0) return fault('password-required', 'link')
  return guarded<T>(ctx, {
    subject: 'link',
    counters: countersFor(ctx, `link:${link.id}`, 'link-net'),
    check: () => checkAny(ctx, passwords, passwordHash),
    right: async (tx) => {
      const entered = await linkByToken(ctx, tx, key)
      if (entered.passwordHash !== passwordHash) return new Fault('wrong-credentials', 'link')
      return use(tx, entered)
    },
  })
}

async function checkAny(ctx: Ctx, passwords: readonly string[], hash: string): Promise<boolean> {
  for (const password of passwords) {
    if (await ctx.secrets.checkPassword(checkable(password), hash)) return true
  }
  return false
}
