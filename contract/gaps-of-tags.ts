/** Operations that are documented and not built: what is missing, and their names in one text. */
export type NotBuilt = { readonly missing: string; readonly operations: string }

/**
 * A documented status of built operations that no contract row reaches: why, and the operations in
 * one text; 'all' for every one that has the status and whose rows do not reach it.
 */
export type Unreached = {
  readonly status: number
  readonly why: string
  readonly operations: string
}

export type Gaps = {
  readonly notBuilt: readonly NotBuilt[]
  readonly unreached: readonly Unreached[]
}

/** The gaps of several tags as those of one face. */
export const merged = (parts: readonly Gaps[]): Gaps => ({
  notBuilt: parts.flatMap(({ notBuilt }) => notBuilt),
  unreached: parts.flatMap(({ unreached }) => unreached),
})
