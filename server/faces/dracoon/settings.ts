/** What the face is told at start. Numbers that core uses too come with the context instead. */
export type DracoonSettings = {
  /** Of Strongroom. */
  readonly version: string
  /** Revision of the source it was built from; empty if unknown. */
  readonly revision: string
  /** When it was built, milliseconds. */
  readonly builtAt: number
}
