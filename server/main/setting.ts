import type { Kind } from './setting-kinds.ts'

/** One row of the table: a variable's name, its type, its default as text, and what it means. */
export type Setting<T> = {
  name: string
  kind: Kind<T>
  /** Text that the kind reads; absent where the setting may be absent. */
  fallback?: string
  /** How the default reads in print, where no text says it. */
  said?: string
  about: string
}

/** A setting that always has a value. */
export const set = <T>(
  name: string,
  kind: Kind<T>,
  fallback: string,
  about: string,
  said?: string,
) => ({
  name,
  kind,
  fallback,
  about,
  ...(said === undefined ? {} : { said }),
})

/** A setting that may be absent. */
export const may = <T>(name: string, kind: Kind<T>, said: string, about: string) => ({
  name,
  kind,
  said,
  about,
})
