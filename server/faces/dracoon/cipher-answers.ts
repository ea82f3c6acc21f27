import type { FaultCode } from '../../core/fault.ts'
import type { Wish, Wishes } from './answers.ts'

type Places = Omit<Wishes, 'any'>

const wrongFileKey: readonly Wish[] = [
  [400, -80062],
  [400, -80007],
  [400, -80000],
]

/** Of 'not-found'. */
const noKeys: Places = {
  'key-pair': [
    [404, -70020],
    [403, -70020],
  ],
  'key-pair/room': [[404, -40007]],
  'key-pair/admin': [[403, -70020], [403], [404, -70020]],
  'file-key': [[404, -40761]],
}

/** Of 'exists'. */
const keysThere: Places = {
  'key-pair': [
    [409, -70021],
    [400, -70021],
  ],
  'tenant:encryption': [[400, -70025]],
  'node:files-encrypted': [[400, -40008]],
  'node:files-plain': [[400, -40003]],
  'node:trash-encrypted': [[400, -40012]],
  'node:trash-plain': [[400, -40018]],
  'node:links-encrypted': [[400, -40023]],
  'node:links-plain': [[400, -40023]],
}

const cipherAnswers: Record<
  Extract<FaultCode, 'encrypted' | 'not-encrypted' | 'key-missing'>,
  Wishes
> = {
  encrypted: {
    any: [[400, -40002]],
    'node/source': [[400, -40013]],
    'link:container': [[400, -50004]],
    'link:password': [[400, -50003]],
    'link:sent-password': [[400, -50008]],
  },
  'not-encrypted': {
    any: [
      [400, -40001],
      [409, -40001],
    ],
    link: [[400, -50007]],
  },
  'key-missing': {
    any: [[400, -40763]],
    'node/source': [[400, -40014]],
    'node/room': [[400, -40024]],
    'link:file-key': [[400, -50005]],
    'link:key-pair': [[400, -50006]],
    'link:receiver': [[400, -50505]],
  },
}

/** Of 'forbidden'. */
const noKeyGiven: Places = {
  'user:previous-keys': [[403, -70029]],
  'file-key': [[403, -10006]],
}

/** Rules and fields of refused input. */
const cipherRules: Readonly<Record<string, readonly Wish[]>> = {
  'key-version': [[400, -70022]],
  'key-use': [[400, -92001]],
  'one-way': [[400, -70024]],
  'not-enabled': [
    [400, -70027],
    [400, -80000],
  ],
}

const cipherFields: Readonly<Record<string, readonly Wish[]>> = {
  use_key: [[400, -92001]],
  publicKey: [[400, -70022]],
  privateKey: [[400, -70023]],
  'isEncrypted:two-rescue-keys': [[400, -40004]],
}

/** What core says of client-side encryption, as parts of the answers in answers.ts. */
export const cipher = {
  answers: cipherAnswers,
  fields: cipherFields,
  rules: cipherRules,
  missing: noKeys,
  there: keysThere,
  notGiven: noKeyGiven,
  wrongFileKey,
} as const
