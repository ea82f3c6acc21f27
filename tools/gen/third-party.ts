type Package = {
  readonly version?: string
  readonly license?: string
  readonly resolved?: string
  readonly dev?: boolean
}

/** What is told of one package that the program runs with. */
export type ThirdParty = {
  readonly name: string
  readonly version: string
  readonly license: string
}

/** The packages of a lockfile that are not for development alone, each version once. */
export function thirdPartyOf(lockText: string): ThirdParty[] {
  const { packages } = JSON.parse(lockText) as { packages: Record<string, Package> }
  const found = new Map<string, ThirdParty>()
  for (const [place, { version, license = '', dev }] of Object.entries(packages)) {
    const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length)
    if (place === '' || dev || version === undefined) continue
    found.set(`${name}@${version}`, { name, version, license })
  }
  return [...found.values()].sort(
    (a, b) => compare(a.name, b.name) || compare(a.version, b.version),
  )
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** One line a package. */
export const thirdPartyJson = (lockText: string): string =>
  `[\n${thirdPartyOf(lockText)
    .map((one) => `  ${JSON.stringify(one)}`)
    .join(',\n')}\n]\n`
