import { spawn } from 'node:child_process'

export type Program = {
  readonly command: string
  readonly args: readonly string[]
  readonly folder: string
  /** Killed after it. */
  readonly ms: number
  /** Kills it. */
  readonly signal: AbortSignal
}

export type Ended = {
  readonly outcome: 'done' | 'failed' | 'late' | 'aborted' | 'unstarted'
  readonly code: number | null
  /** What it wrote, cut. */
  readonly output: string
  readonly complaint: string
}

const keptOutput = 16_384

/**
 * Runs a program without a shell, with nothing of our environment, and with a pipe as its input
 * that ends when this process does. Never rejects.
 */
export function runProgram({ command, args, folder, ms, signal }: Program): Promise<Ended> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve({ outcome: 'aborted', code: null, output: '', complaint: '' })
      return
    }
    const child = spawn(command, args, { cwd: folder, env: {}, stdio: 'pipe', shell: false })
    const said = { output: '', complaint: '' }
    let killedAs: 'late' | 'aborted' | undefined
    const kill = (why: 'late' | 'aborted') => {
      killedAs ??= why
      child.kill('SIGKILL')
    }
    const timer = setTimeout(() => kill('late'), ms)
    const abort = () => kill('aborted')
    signal.addEventListener('abort', abort)
    const collect = (stream: NodeJS.ReadableStream, place: keyof typeof said) => {
      stream.setEncoding('utf8')
      stream.on('data', (text: string) => {
        if (said[place].length < keptOutput) said[place] += text.slice(0, keptOutput)
      })
    }
    collect(child.stdout, 'output')
    collect(child.stderr, 'complaint')
    // It is never written to: only its end says something.
    child.stdin.on('error', () => undefined)
    const end = (outcome: Ended['outcome'], code: number | null) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', abort)
      resolve({ outcome, code, ...said })
    }
    child.on('error', (error) => {
      said.complaint = error.message
      if (child.pid === undefined) end('unstarted', null)
    })
    child.on('close', (code) => end(killedAs ?? (code === 0 ? 'done' : 'failed'), code))
  })
}
