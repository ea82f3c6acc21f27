import type { Fault, FaultCode } from '../../core/fault.ts'

const byRule: Readonly<Record<string, string>> = {
  host: 'STRONGROOM_IMPORT_HOSTS, which says who may be imported from, does not name this server',
  address: 'The source has a private address, and STRONGROOM_IMPORT_NETWORKS does not name it',
  redirect: 'The source sends callers on to another address; give that one',
  answer: 'What answers at this address is no such source',
  'too-long': 'An answer of the source is longer than any should be',
  range: 'The source does not send the part of the file that was asked for',
  size: 'The source does not tell how long the file is',
  cut: 'The source broke off within a file',
  name: 'The name of the source is not known',
  timeout: 'The source did not answer in time',
  certificate: 'The source has no certificate that is good for it',
  connection: 'The source cannot be reached, or broke the connection off',
  status: 'The source does not answer just now',
  stopped: 'This server was stopped; the import goes on with its next start',
}

const byCode: Partial<Readonly<Record<FaultCode, string>>> = {
  unsupported: 'Imports are off here: STRONGROOM_IMPORT_HOSTS names no server',
  'wrong-credentials':
    'The source does not accept the token: it is unknown, revoked or past its end',
  forbidden: 'The token does not open this node',
  'not-found': 'There is no such thing, or it is not visible to the caller',
  'wrong-kind': 'The node there is a file where a folder is wanted, or a folder for a file',
  'too-many': 'There are more files and folders than STRONGROOM_MAX_IMPORT_ITEMS allows',
  unavailable: 'The source does not answer',
}

/** What a fault of an import says; undefined where it says no more than any other. */
export function importSentence({ code, data }: Fault): string | undefined {
  return byRule[String(data.rule)] ?? byCode[code]
}
