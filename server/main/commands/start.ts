import type { Config } from '../config.ts'
import { openLog } from '../log.ts'
import { start } from '../start.ts'

/** `strongroom start`: serves until the process is told to stop. */
export async function startCommand(config: Config): Promise<void> {
  const log = openLog({ level: config.log.level })
  for (const warning of config.warnings) log.warn({}, warning)
  const started = await start(config, log, (line) => process.stdout.write(`${line}\n`))
  let stopping = false
  const stop = () => {
    if (stopping) return
    stopping = true
    started.stop().then(
      () => process.exit(0),
      (error) => {
        log.error({ err: error }, 'stopping failed')
        process.exit(1)
      },
    )
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
}
