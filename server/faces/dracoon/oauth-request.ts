import { fault } from '../../core/fault.ts'
import type { ClientProof } from '../../core/sessions/authorize-client.ts'
import { type FormValues, parseForm, readBody, utf8 } from '../body.ts'
import type { FaceRequest } from '../operation.ts'

/** Parameters of an OAuth request by name; an empty one counts as not sent (RFC 6749, 3.1). */
export type OAuthValues = Readonly<Record<string, string | undefined>>

/** Longest value of one parameter; passwords and codes are far shorter. */
export const maxValue = 4096

/** The form body of a request. Faults 'invalid' 'body' when a parameter is there twice. */
export async function oauthForm(request: FaceRequest): Promise<OAuthValues> {
  return single(parseForm(utf8(await readBody(request))))
}

export function oauthQuery(request: FaceRequest): OAuthValues {
  return single(parseForm(request.query))
}

function single(values: FormValues): OAuthValues {
  const entries = Object.entries(values).map(([name, value]): [string, string | undefined] => {
    if (Array.isArray(value)) {
      return fault('invalid', 'body', undefined, { field: name, rule: 'repeated' })
    }
    if (value.length > maxValue) {
      return fault('invalid', 'body', undefined, { field: name, rule: 'too-long' })
    }
    return [name, value === '' ? undefined : value]
  })
  return Object.assign(Object.create(null), Object.fromEntries(entries)) as OAuthValues
}

/** A parameter that must be there. */
export function needed(values: OAuthValues, name: string): string {
  return values[name] ?? fault('invalid', 'body', undefined, { field: name, rule: 'required' })
}

/**
 * Who the client says it is: HTTP Basic in either base64 alphabet, with or without padding, else
 * `client_id` and `client_secret` of the body. Any other Authorization header is not looked at:
 * a client sends its stale Bearer token along (dossier 2.1). A public client's secret is empty.
 */
export function clientProof(request: FaceRequest, values: OAuthValues): ClientProof {
  const basic = basicCredentials(request.headers.authorization)
  if (basic) return basic
  return { clientId: needed(values, 'client_id'), clientSecret: values.client_secret ?? '' }
}

function basicCredentials(header: string | undefined): ClientProof | undefined {
  const encoded = /^Basic +([A-Za-z0-9+/_=-]+)\s*$/i.exec(header ?? '')?.[1]
  if (encoded === undefined) return undefined
  // Node reads both alphabets and does not miss the padding.
  const text = utf8(Buffer.from(encoded, 'base64'))
  const colon = text.indexOf(':')
  if (colon < 0) return { clientId: text, clientSecret: '' }
  return { clientId: text.slice(0, colon), clientSecret: text.slice(colon + 1) }
}
