import type { Code, CodePurpose } from './code.ts'

export type CodeStore = {
  takeId(): Promise<number>
  insert(code: Code, digests: { secret: string; short: string | null }): Promise<void>
  findBySecret(secretDigest: string): Promise<KeptCode | undefined>
  /** By the short text, for codes whose short text says enough on its own. */
  findByShort(purpose: CodePurpose, shortDigest: string): Promise<KeptCode | undefined>
  newestOf(userId: number, purpose: CodePurpose): Promise<KeptCode | undefined>
  /** The code as it is now, and no other transaction changes it until this one ends. */
  hold(id: number): Promise<Code | undefined>
  /** Marks it as used: true exactly once. */
  consume(id: number, at: number): Promise<boolean>
  /** Counts one wrong short text. */
  fail(id: number): Promise<void>
  /** Writes down who takes a code that is nobody's: true exactly once. */
  take(id: number, userId: number): Promise<boolean>
  /** All codes of a user, or those of one purpose. */
  removeOf(userId: number, purpose?: CodePurpose): Promise<void>
  removeExpired(now: number, limit: number): Promise<number>
}

/** A code with the one-way form of its short text; null where it has none. */
export type KeptCode = { readonly code: Code; readonly shortDigest: string | null }
