import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { ContractRow } from '../row.ts'

/** Every row that the files of this folder export. */
export async function allRows(): Promise<readonly ContractRow[]> {
  const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.rows.ts'))
  const modules = await Promise.all(files.map((file) => import(join(import.meta.dirname, file))))
  const exported = modules.flatMap((one) => Object.values(one as Record<string, unknown>))
  return exported.flatMap((one) => (Array.isArray(one) ? (one as ContractRow[]) : []))
}
