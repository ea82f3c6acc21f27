import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'

/** Where files lie whose flushes do not matter to the test: in memory where the system has that. */
export const scratchRoot = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
