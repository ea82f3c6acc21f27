import type { Config } from '../config.ts'
import { ConfigError } from '../config.ts'
import { findSecretKey } from '../keys.ts'
import { openBlobStore } from '../open-app.ts'
import { type Diagnosis, good, poor, wrong } from './diagnosis.ts'
import { checkDatabase } from './doctor-database.ts'
import { checkFolders } from './doctor-folders.ts'
import { checkMail } from './doctor-mail.ts'
import { checkPort } from './doctor-port.ts'
import { checkPreviews } from './doctor-previews.ts'
import { checkTexts } from './doctor-texts.ts'
import { saidReason } from './said.ts'
import type { Terminal } from './terminal.ts'

const marks = { good: '✓', poor: '!', wrong: '✗' } as const

/**
 * `strongroom doctor`: one line for each thing that can be wrong with a set-up, and what to do.
 * Changes nothing; the server may run. Answers the exit code, 1 where something is wrong.
 */
export async function doctor(load: () => Config, terminal: Terminal): Promise<number> {
  let isWrong = false
  const tell = ({ state, text }: Diagnosis) => {
    isWrong ||= state === 'wrong'
    terminal.out(`${marks[state]} ${text}`)
  }
  tell(checkNode(process.versions.node))
  const config = configOf(load, tell)
  if (!config) return 1
  for (const check of [
    checkFolders,
    checkKeys,
    checkDatabase,
    checkStorage,
    checkMail,
    checkTexts,
    checkPreviews,
    checkPort,
  ]) {
    for (const diagnosis of await told(check, config)) tell(diagnosis)
  }
  return isWrong ? 1 : 0
}

/** The oldest Node with type stripping and node:sqlite as the program uses them. */
const oldestNode = [22, 18] as const

function checkNode(version: string): Diagnosis {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const able = major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])
  if (able) return good(`Node ${version}`)
  return wrong(`Node ${version} is too old: install Node 24`)
}

function configOf(load: () => Config, tell: (diagnosis: Diagnosis) => void): Config | undefined {
  try {
    const config = load()
    tell(good('Configuration'))
    for (const warning of config.warnings) tell(poor(warning))
    return config
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    for (const problem of error.problems) tell(wrong(`Configuration: ${problem}`))
    return undefined
  }
}

async function told(
  check: (config: Config) => Promise<Diagnosis[]>,
  config: Config,
): Promise<Diagnosis[]> {
  try {
    return await check(config)
  } catch (error) {
    return [wrong(saidReason(error))]
  }
}

async function checkKeys(config: Config): Promise<Diagnosis[]> {
  try {
    const key = findSecretKey(config)
    if (key === undefined) return [good('Key: is made at the first start')]
    const where = config.secretKey === undefined ? `${config.dataDir}/keys.json` : 'as configured'
    return [good(`Key: ${where}`)]
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return error.problems.map((problem) => wrong(`Key: ${problem}`))
  }
}

async function checkStorage({ storage }: Config): Promise<Diagnosis[]> {
  // What is said of the folders says all that there is to say of a folder of bytes.
  if (storage.kind === 'disk') return []
  const where = `${storage.bucket} at ${storage.endpoint ?? 'AWS'}`
  const blobs = openBlobStore(storage)
  try {
    await blobs.check()
    return [good(`Byte store: ${where} takes objects`)]
  } catch (error) {
    const remedy = 'check STRONGROOM_STORAGE_URL, the keys, and that the bucket is there'
    return [wrong(`Byte store: ${where}: ${saidReason(error)}; ${remedy}`)]
  } finally {
    await blobs.close()
  }
}
