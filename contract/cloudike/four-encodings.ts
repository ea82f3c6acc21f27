import type { ContractRow, Send } from '../row.ts'

type Encoded = Pick<Send, 'body' | 'bytes' | 'headers' | 'query'>

/** The same values as clients of four kinds send them. */
const encodings: Readonly<Record<string, (values: Record<string, unknown>) => Encoded>> = {
  JSON: (values) => ({ body: values }),
  'a form': (values) => ({
    bytes: new URLSearchParams(texts(values)).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  }),
  'a multipart form': (values) => ({
    bytes: `${Object.entries(texts(values)).map(part).join('')}--limit--\r\n`,
    headers: { 'content-type': 'multipart/form-data; boundary=limit' },
  }),
  'the query': (values) => ({ query: texts(values) }),
}

function texts(values: Record<string, unknown>): Record<string, string> {
  const given = Object.entries(values).filter(([, value]) => value !== undefined)
  return Object.fromEntries(given.map(([name, value]) => [name, text(value)]))
}

// As a Python client writes booleans.
function text(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function part([name, value]: [string, string]): string {
  return `--limit\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
}

/** A row whose body is sent in every encoding; all must have the same answer. */
export function fourEncodings(row: ContractRow): ContractRow[] {
  return Object.entries(encodings).map(([name, encode]) => ({
    ...row,
    name: `${row.name}, by ${name}`,
    send: (scene) => {
      const send = (typeof row.send === 'function' ? row.send(scene) : row.send) ?? {}
      const { body, ...rest } = send
      return { ...rest, ...encode((body ?? {}) as Record<string, unknown>) }
    },
  }))
}
