/** One text message to one telephone number. `id` is the same at every attempt to send it. */
export type TextMessage = {
  /** In E.164 form: a plus and up to fifteen digits. */
  readonly to: string
  readonly text: string
  readonly id?: string
}

/** Sends text messages. What passes the suite of texters is one. */
export type Texter = {
  /**
   * Resolves when the gateway has taken the message. Faults 'unavailable' 'text' when it may be
   * taken later, 'invalid' 'text' when it never will be, and for what is no number.
   */
  send(message: TextMessage): Promise<void>
  /** Throws an Error that says why nothing can be sent. Sends nothing. */
  check(): Promise<void>
}
