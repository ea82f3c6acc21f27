import { Command } from 'commander'
import { ConfigError, loadConfig, printConfig } from './config.ts'
import { openLog } from './log.ts'
import { start } from './start.ts'
import { version } from './version.ts'

/** The command line: `strongroom start | config | …`. Sets the exit code; never throws. */
export async function runCli(args: string[]): Promise<void> {
  const program = new Command('strongroom')
    .description('A self-hosted server for an organisation’s files')
    .version(version)
    .showHelpAfterError()
  program.command('start').description('serve, until told to stop').action(startCommand)
  program
    .command('config')
    .description('print every setting, its value and where it comes from')
    .action(() => {
      process.stdout.write(printConfig(loadConfig(process.env)))
    })
  try {
    await program.parseAsync(args, { from: 'user' })
  } catch (error) {
    process.stderr.write(`strongroom: ${messageOf(error)}\n`)
    process.exitCode = 1
  }
}

async function startCommand(): Promise<void> {
  const config = loadConfig(process.env)
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

function messageOf(error: unknown): string {
  if (error instanceof ConfigError || !(error instanceof Error)) return String(error)
  return error.message
}
