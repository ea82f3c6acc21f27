const dateTime =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?$/i

/**
 * Whether a text is a date-time in ISO 8601 that exists. Seconds, the zone and the whole time
 * may be missing, because clients leave them out; no zone means UTC.
 */
export function isDateTime(text: string): boolean {
  const found = dateTime.exec(text)
  if (!found) return false
  const [year, month, day, hour, minute, second] = found.slice(1).map((part) => Number(part ?? 0))
  const date = new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, day))
  const exists = date.getUTCMonth() === (month ?? 0) - 1 && date.getUTCDate() === day
  return exists && (hour ?? 0) < 24 && (minute ?? 0) < 60 && (second ?? 0) <= 60
}

/** Formats in which the documents differ from what ajv-formats means by the name. */
export const formats = {
  int32: { type: 'number', validate: (value: number) => (value | 0) === value },
  // JSON numbers past 2^53 - 1 have been rounded by the parser: no way to tell which was meant.
  int64: { type: 'number', validate: (value: number) => Number.isSafeInteger(value) },
  'date-time': { type: 'string', validate: isDateTime },
} as const
