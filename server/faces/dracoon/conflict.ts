import type { OnClash } from '../../core/nodes/node.ts'
import { refuseInput } from './refuse.ts'

/** What a client wants where a name is taken (dossier 4.2). */
export type WireConflict = {
  readonly resolutionStrategy?: 'autorename' | 'overwrite' | 'fail'
  readonly keepShareLinks?: boolean
}

const strategies = { autorename: 'rename', overwrite: 'overwrite', fail: 'fail' } as const

/** The same as core takes it; shares are kept with 'overwrite' only (-80034). */
export function readConflict(body: WireConflict | undefined): {
  onClash: OnClash
  keepLinks: boolean
} {
  const { resolutionStrategy = 'autorename', keepShareLinks = false } = body ?? {}
  if (keepShareLinks && resolutionStrategy !== 'overwrite') {
    refuseInput('body.keepShareLinks', 'keep-links', 'only with resolutionStrategy overwrite')
  }
  return { onClash: strategies[resolutionStrategy], keepLinks: keepShareLinks }
}
