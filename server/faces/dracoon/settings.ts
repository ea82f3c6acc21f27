/** What the face is told at start. Limits that core keeps too come with the context instead. */
export type DracoonSettings = {
  /** Secret of the operator for provisioning; no such operation is reached yet. */
  readonly serviceToken: string | undefined
  /** Of Strongroom. */
  readonly version: string
  /** Revision of the source that it was built from; empty if unknown. */
  readonly revision: string
  /** When it was built, milliseconds. */
  readonly builtAt: number
}
