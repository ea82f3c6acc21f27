/**
 * What can go wrong: a password that does not open a key; text that is no key, or one of a kind
 * that is not known here; bytes that are not those that were encrypted.
 */
export type CipherErrorCode = 'wrong-password' | 'malformed' | 'unsupported' | 'tampered'

export class CipherError extends Error {
  readonly code: CipherErrorCode

  constructor(code: CipherErrorCode, message: string) {
    super(message)
    this.name = 'CipherError'
    this.code = code
  }
}

/** The error for bytes that a file key does not open. */
export function tampered(): CipherError {
  return new CipherError('tampered', 'These are not the bytes that were encrypted with this key')
}
