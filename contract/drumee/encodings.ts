import type { ContractRow, Scene, Send } from '../row.ts'

type Values = Readonly<Record<string, unknown>>
type Row = Omit<ContractRow, 'send'> & { readonly values: (scene: Scene) => Values }

/** A call's parameters as the face's clients write them (dossier 3). */
const encodings: Readonly<Record<string, (op: string, values: Values) => Send>> = {
  'JSON body': (_op, values) => ({ body: values }),
  'JSON body named text': (_op, values) => ({
    bytes: JSON.stringify(values),
    headers: { 'content-type': 'text/plain' },
  }),
  'form body': (_op, values) => ({
    bytes: new URLSearchParams(texts(values)).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  }),
  query: (_op, values) => ({ method: 'GET', query: texts(values) }),
  'query and body': (_op, values) => {
    const [first, ...rest] = Object.entries(texts(values))
    return { query: Object.fromEntries(first ? [first] : []), body: Object.fromEntries(rest) }
  },
  'JSON in the query': (op, values) => ({
    method: 'GET',
    path: `/-/svc/${op}?${encodeURIComponent(JSON.stringify(values))}&`,
  }),
  headers: (_op, values) => ({
    headers: Object.fromEntries(
      Object.entries(texts(values)).map(([key, value]) => [`x-param-${key}`, encodeURI(value)]),
    ),
  }),
  'JSON in a header': (_op, values) => ({
    headers: { 'x-param-xia-data': encodeURI(JSON.stringify(values)) },
  }),
  'another prefix': (op, values) => ({ path: `/_/acme/service/${op}&x=1`, body: values }),
}

/** Clients without JSON write nested values as JSON text. */
function texts(values: Values): Record<string, string> {
  const entries = Object.entries(values).map(([key, value]) => {
    return [key, typeof value === 'string' ? value : JSON.stringify(value)] as const
  })
  return Object.fromEntries(entries)
}

/** The same row once in every encoding. */
export function inAllEncodings({ values, ...row }: Row): ContractRow[] {
  return Object.entries(encodings).map(([name, encode]) => ({
    ...row,
    name: `${row.name} (${name})`,
    send: (scene) => encode(row.op, values(scene)),
  }))
}
