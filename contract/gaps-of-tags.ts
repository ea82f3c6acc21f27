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

/**
 * Error codes that the documents of built operations list and no contract row reaches, although
 * rows reach their status: why, and in one text a line 'operation: code, code' each. A line
 * 'all: code' stands for every operation whose rows do not reach the code and that no other line
 * names with it.
 */
export type UnreachedCodes = { readonly why: string; readonly codes: string }

export type Gaps = {
  readonly notBuilt: readonly NotBuilt[]
  readonly unreached: readonly Unreached[]
  readonly unreachedCodes?: readonly UnreachedCodes[]
}

/** The gaps of several tags as those of one face. */
export const merged = (parts: readonly Gaps[]): Gaps => ({
  notBuilt: parts.flatMap(({ notBuilt }) => notBuilt),
  unreached: parts.flatMap(({ unreached }) => unreached),
  unreachedCodes: parts.flatMap(({ unreachedCodes }) => unreachedCodes ?? []),
})
