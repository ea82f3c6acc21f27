import type { Bytes } from './base64.ts'
import { CipherError } from './cipher-error.ts'
import { readPem, writePem } from './pem.ts'
import { openPrivateKey, type SealOptions, sealPrivateKey } from './private-key-container.ts'

/** 'A' is the old one, with 2048 bits; it is read and made for those who need it. */
export type KeyVersion = 'A' | 'RSA-4096'

const modulusLengths: Readonly<Record<KeyVersion, number>> = { A: 2048, 'RSA-4096': 4096 }

/** The JSON forms that the API keeps. Both texts are PEM. */
export type PublicKeyContainer = { readonly version: string; readonly publicKey: string }
export type PrivateKeyContainer = { readonly version: string; readonly privateKey: string }
export type KeyPairContainer = {
  readonly publicKeyContainer: PublicKeyContainer
  readonly privateKeyContainer: PrivateKeyContainer
}

/** A private key that a password opened. */
export type PrivateKey = { readonly version: KeyVersion; readonly pkcs8: Bytes }

/** A new pair, its private half under the password. The password goes nowhere else. */
export async function generateKeyPair(
  version: KeyVersion,
  password: string,
  options?: SealOptions,
): Promise<KeyPairContainer> {
  const pair = await crypto.subtle.generateKey(
    {
      name: 'RSA-OAEP',
      modulusLength: modulusLengths[version],
      publicExponent: Uint8Array.of(1, 0, 1),
      hash: 'SHA-256',
    },
    true,
    ['encrypt', 'decrypt'],
  )
  const spki = new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey))
  const pkcs8 = new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey))
  return {
    publicKeyContainer: { version, publicKey: writePem('PUBLIC KEY', spki) },
    privateKeyContainer: {
      version,
      privateKey: await sealPrivateKey(pkcs8, password, options),
    },
  }
}

/** Throws 'wrong-password', 'malformed', 'unsupported'. */
export async function unlockPrivateKey(
  container: PrivateKeyContainer,
  password: string,
): Promise<PrivateKey> {
  const version = knownVersion(container.version)
  return { version, pkcs8: await openPrivateKey(container.privateKey, password) }
}

/** The same private key under another password. */
export async function changePassword(
  container: PrivateKeyContainer,
  oldPassword: string,
  newPassword: string,
  options?: SealOptions,
): Promise<PrivateKeyContainer> {
  const { version, pkcs8 } = await unlockPrivateKey(container, oldPassword)
  return { version, privateKey: await sealPrivateKey(pkcs8, newPassword, options) }
}

/** The key in a public container: SubjectPublicKeyInfo, DER. */
export function readPublicKey(container: PublicKeyContainer): {
  readonly version: KeyVersion
  readonly spki: Bytes
} {
  const version = knownVersion(container.version)
  return { version, spki: readPem('PUBLIC KEY', container.publicKey) }
}

function knownVersion(version: string): KeyVersion {
  if (version === 'A' || version === 'RSA-4096') return version
  throw new CipherError('unsupported', `Key pairs of the version ${version} are not known here`)
}
