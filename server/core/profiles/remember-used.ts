import { checkLine } from '../../lib/names/plain-line.ts'
import { actingUser } from '../acting-user.ts'
import type { Ctx } from '../ctx.ts'
import { recordEvents } from '../events/record-events.ts'
import { fault } from '../fault.ts'
import type { Profile, UsedColor, UsedFont } from './profile.ts'

/** How many of each are remembered. */
const maxColors = 7
const maxFonts = 3

const maxRgba = 50
const maxHex = 20
const maxFontName = 200

/**
 * Remembers a colour that was used, the latest of each hex code. Faults 'invalid' 'user' with
 * data.field ('rgba', 'hex') and data.rule.
 */
export async function rememberColor(
  ctx: Ctx,
  { rgba, hex }: { readonly rgba: string; readonly hex: string },
): Promise<UsedColor> {
  checkText('rgba', rgba, maxRgba)
  checkText('hex', hex, maxHex)
  return remember(ctx, 'colors', ({ colors }) => {
    const color = { id: nextId(colors), rgba, hex, at: ctx.now }
    const others = colors.filter((one) => one.hex.toLowerCase() !== hex.toLowerCase())
    return { used: color, list: [color, ...others].slice(0, maxColors) }
  })
}

/** Remembers a font that was used. Faults 'invalid' 'user' with data.field 'name' and data.rule. */
export async function rememberFont(
  ctx: Ctx,
  { name }: { readonly name: string },
): Promise<UsedFont> {
  checkText('name', name, maxFontName)
  return remember(ctx, 'fonts', ({ fonts }) => {
    const font = { id: nextId(fonts), name, at: ctx.now }
    const others = fonts.filter((one) => one.name !== name)
    return { used: font, list: [font, ...others].slice(0, maxFonts) }
  })
}

async function remember<T>(
  ctx: Ctx,
  what: 'colors' | 'fonts',
  next: (profile: Profile) => { readonly used: T; readonly list: readonly T[] },
): Promise<T> {
  const { userId } = actingUser(ctx)
  return ctx.write(async (tx) => {
    const old = await tx.profiles.hold(userId)
    const { used, list } = next(old)
    await tx.profiles.put(userId, { ...old, [what]: list })
    await recordEvents(ctx, tx, [{ type: 'user.changed', subjectId: userId, data: { what } }])
    return used
  })
}

function nextId(list: readonly { readonly id: number }[]): number {
  return 1 + Math.max(0, ...list.map(({ id }) => id))
}

function checkText(field: string, text: string, max: number): void {
  const rule = checkLine(text, max, true)
  if (rule) fault('invalid', 'user', undefined, { field, rule })
}
