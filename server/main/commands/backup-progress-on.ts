import type { OnProgress } from '../../adapters/backup/backup-progress.ts'
import { saidBytes, saidPercent } from './said.ts'
import type { Terminal } from './terminal.ts'

const words = { rows: 'Rows', objects: 'Objects', checking: 'Checking objects' } as const

/** Tells how far a backup or a restore is, with its rate. */
export function backupProgressOn(terminal: Terminal): OnProgress {
  let step = ''
  let started = 0
  return (progress) => {
    if (progress.step !== step) {
      step = progress.step
      started = performance.now()
    }
    const { done, total, bytes, totalBytes } = progress
    const seconds = Math.max(0.001, (performance.now() - started) / 1000)
    terminal.progress(() => {
      const isBytes = totalBytes > 0
      const percent = isBytes ? saidPercent(bytes, totalBytes) : saidPercent(done, total)
      const of = total > 0 ? ` of ${total.toLocaleString('en')}` : ''
      const rate = isBytes
        ? `${saidBytes(bytes)} of ${saidBytes(totalBytes)}, ${saidBytes(bytes / seconds)}/s`
        : `${Math.round(done / seconds).toLocaleString('en')}/s`
      return `${words[progress.step]}: ${percent} (${done.toLocaleString('en')}${of}), ${rate}`
    })
  }
}
