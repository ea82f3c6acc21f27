/** One mail to one address. `id` is the same at every attempt to send it. */
export type Mail = {
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html?: string
  readonly id?: string
}

/** Sends mails. What passes the suite of mailers is one. */
export type Mailer = {
  /**
   * Resolves when the next server has taken the mail. Faults 'unavailable' 'mail' when it may be
   * taken later, 'invalid' 'mail' when it never will be, and for an address or subject that would
   * write into the headers.
   */
  send(mail: Mail): Promise<void>
  /** Throws an Error that says why nothing can be sent. */
  check(): Promise<void>
  close(): void
}
