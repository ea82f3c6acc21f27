import { defineConfig } from 'vitest/config'

// One process for all files of a worker (`isolate: false`): tests share no state but the machine.
// Tests in contract/ start servers; a time limit that is short for them would make them flaky.
export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    exclude: ['**/node_modules/**', 'dist/**', 'data/**', 'coverage/**'],
    isolate: false,
    pool: 'threads',
    // Much of the time goes into flushing to disk, so two files at once are nearly twice as fast.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    teardownTimeout: 10_000,
    passWithNoTests: false,
    allowOnly: false,
    unstubEnvs: true,
  },
})
