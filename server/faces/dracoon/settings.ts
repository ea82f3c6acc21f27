/** What the face is told at start. Limits that core keeps too come with the context instead. */
export type DracoonSettings = {
  /** Secret of the operator for provisioning; no such operation is reached yet. */
  readonly serviceToken: string | undefined
}
