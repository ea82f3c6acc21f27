import { text } from 'node:stream/consumers'
import { Command } from 'commander'
import { backup } from './commands/backup.ts'
import { doctor } from './commands/doctor.ts'
import { fsck } from './commands/fsck.ts'
import { restore } from './commands/restore.ts'
import { saidReason } from './commands/said.ts'
import { settingsCommand } from './commands/settings.ts'
import { startCommand } from './commands/start.ts'
import { terminalOn } from './commands/terminal.ts'
import { roleWords, userCreate } from './commands/user-create.ts'
import { ConfigError, loadConfig, printConfig } from './config.ts'
import { version } from './version.ts'

const terminal = terminalOn(process.stdout, process.stderr)
const configNow = () => loadConfig(process.env)

/** The command line: `strongroom start | config | …`. Sets the exit code; never throws. */
export async function runCli(args: string[]): Promise<void> {
  const program = new Command('strongroom')
    .description('A self-hosted server for an organisation’s files')
    .version(version)
    .showHelpAfterError()
  program
    .command('start')
    .description('serve, until told to stop')
    .action(() => startCommand(configNow()))
  program
    .command('config')
    .description('print every setting, its value and where it comes from')
    .action(() => {
      process.stdout.write(printConfig(configNow()))
    })
  addCare(program)
  addBackups(program)
  try {
    await program.parseAsync(args, { from: 'user' })
  } catch (error) {
    terminal.err(`strongroom: ${error instanceof ConfigError ? error.message : saidReason(error)}`)
    process.exitCode = 1
  }
}

function addCare(program: Command): void {
  program
    .command('doctor')
    .description('look at everything that can be wrong with this set-up, and say what to do')
    .action(() => ending(doctor(configNow, terminal)))
  program
    .command('fsck')
    .description('check that all that is stored is there and holds together')
    .option('--deep', 'read and hash every byte')
    .option('--repair', 'write anew counters and access, remove what belongs to something gone')
    .action((options) => ending(fsck(configNow(), options, terminal)))
  program
    .command('settings')
    .description('show what holds in a tenant for all of its accounts, or change it')
    .argument('[changes...]', 'name=on or name=off')
    .option('--tenant <host>', 'a host name of the tenant; default: the default tenant')
    .action((changes: string[], options) =>
      ending(settingsCommand(configNow(), changes, options, terminal)),
    )
  program
    .command('user')
    .description('accounts')
    .command('create')
    .description('make an account; without --password-stdin a password is made and printed')
    .requiredOption('--login <name>', 'what the user signs in with')
    .option('--email <address>')
    .requiredOption('--first <name>', 'first name')
    .requiredOption('--last <name>', 'last name')
    .option('--role <words...>', Object.keys(roleWords).join(', '), [])
    .option('--tenant <host>', 'a host name of the tenant; default: the default tenant')
    .option('--password-stdin', 'read the password from standard input')
    .action((options) =>
      ending(userCreate(configNow(), options, terminal, () => text(process.stdin))),
    )
}

function addBackups(program: Command): void {
  program
    .command('backup')
    .description('copy everything to a folder while the server runs; again: only what is new')
    .argument('<folder>', 'empty, or with an earlier backup of this installation')
    .option('--prune', 'remove objects from the folder that this backup does not need')
    .action((folder: string, options) => ending(backup(configNow(), folder, options, terminal)))
  program
    .command('restore')
    .description('write a backup into an empty installation, of any database and storage')
    .argument('<folder>', 'where the backup lies')
    .action((folder: string) => ending(restore(configNow(), folder, terminal)))
}

async function ending(code: Promise<number>): Promise<void> {
  process.exitCode = await code
}
