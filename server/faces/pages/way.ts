const token = '([A-Za-z0-9_-]{8,200})'

const ways: readonly (readonly [form: RegExp, place: (secret: string) => string])[] = [
  [new RegExp(`^/dmz/(?:inbound/token=)?${token}$`), (key) => `/public/shares/${key}`],
  [new RegExp(`^/share/[^/]+/${token}$`), (key) => `/public/shares/${key}`],
  [new RegExp(`^/welcome/reset/[^/]+/${token}$`), (secret) => account('password', secret)],
  [new RegExp(`^/welcome/verify/[^/]+/${token}$`), (secret) => account('address', secret)],
  [new RegExp(`^/welcome/back=${token}$`), (secret) => account('return', secret)],
]

const account = (page: string, secret: string) => `/public/account/${page}?secret=${secret}`

/**
 * The page of ours that an address means by what follows its '#' (dossier 6, 9, 10); 'left' after
 * an account was closed. Undefined for all else.
 */
export function placeOf(address: string): string | undefined {
  const way = address
    .trim()
    .replace(/^[^#]*#/, '')
    .replace(/\/$/, '')
  if (way === '/welcome/checkout') return 'left'
  for (const [form, place] of ways) {
    const secret = form.exec(way)?.[1]
    if (secret !== undefined) return place(secret)
  }
  return undefined
}
