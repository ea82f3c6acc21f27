import type { Scene } from '../row.ts'
import type { MatrixRow } from './matrix-row.ts'

const order = (scene: Scene) => ({
  body: {
    source_url: 'https://other.test',
    hub_id: 'h',
    nid: 'n',
    token: 't',
    dest_nid: scene.id('/f'),
  },
})

/** Imports are off in the world of the matrix: who may begin one is told that. */
export const drumeeImports: readonly MatrixRow[] = [
  ...['mfs_import.import_folder', 'mfs_import.import_file'].map(
    (op): MatrixRow => ({ op, need: 'write', send: order, passes: 501 }),
  ),
  ...['mfs_import.progress', 'mfs_import.cancel'].map(
    // Nobody here has one: what is nobody's is not there for anybody.
    (op): MatrixRow => ({
      op,
      need: 'user',
      send: () => ({ body: { id: `import_${'0'.repeat(13)}9` } }),
      passes: 404,
    }),
  ),
  { op: 'mfs_import.list', need: 'user' },
]
