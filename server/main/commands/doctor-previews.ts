import { findProgram } from '../../adapters/previews/find-program.ts'
import { hasPictureLibrary } from '../../adapters/previews/process-previewer.ts'
import type { Config } from '../config.ts'
import { type Diagnosis, good } from './diagnosis.ts'

const programs = [
  ['PDF documents', 'pdftoppm'],
  ['videos', 'ffmpeg'],
] as const

/** Of what kinds of files previews are made. Whatever is missing is a choice. */
export async function checkPreviews({ previews }: Config): Promise<Diagnosis[]> {
  if (previews.processes === 0) {
    return [good('Previews: none are made (STRONGROOM_PREVIEW_PROCESSES)')]
  }
  if (!hasPictureLibrary()) return [good('Previews: none are made, sharp is not installed')]
  const path = process.env.PATH ?? ''
  if (findProgram('prlimit', path) === undefined) {
    return [good('Previews: of pictures, without a limit of memory (prlimit is not installed)')]
  }
  const has = (name: string) => findProgram(name, path) !== undefined
  const made = programs.filter(([, name]) => has(name)).map(([what]) => what)
  const missing = programs.filter(([, name]) => !has(name)).map(([, name]) => name)
  const without = missing.length === 0 ? '' : ` (not installed: ${missing.join(', ')})`
  return [good(`Previews: of ${['pictures', ...made].join(', ')}${without}`)]
}
