import type { FaceDriver } from './face-driver.ts'
import { cloudikeGaps } from './gaps/cloudike.ts'
import { dracoonGaps } from './gaps/dracoon.ts'
import { drumeeGaps } from './gaps/drumee.ts'

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

/** What is documented and not reached, by face. It must still be so: the ledger checks it. */
export const gaps: Readonly<Record<FaceDriver['name'], Gaps>> = {
  dracoon: dracoonGaps,
  cloudike: cloudikeGaps,
  drumee: drumeeGaps,
}
