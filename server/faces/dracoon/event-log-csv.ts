import type { LogEvent } from './generated/shapes.ts'

const columns = [
  'id',
  'time',
  'userId',
  'userName',
  'userIp',
  'userClient',
  'operationId',
  'operationName',
  'status',
  'message',
  'objectId1',
  'objectName1',
  'objectType1',
  'objectId2',
  'authParentSource',
  'attribute1',
] as const satisfies readonly (keyof LogEvent)[]

/** Events as CSV with a line of names (RFC 4180). */
export function writeCsv(events: readonly LogEvent[]): string {
  const lines = events.map((event) => columns.map((column) => cell(event[column])).join(','))
  return [columns.join(','), ...lines, ''].join('\r\n')
}

/** Spreadsheets take texts with these beginnings for formulas; an apostrophe keeps them texts. */
const formula = /^[=+\-@\t\r]/

function cell(value: string | number | undefined): string {
  if (value === undefined) return ''
  if (typeof value === 'number') return String(value)
  const text = formula.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
