import type { Scene } from '../row.ts'
import type { MatrixRow } from './matrix-row.ts'

const chosen = (scene: Scene) => ({ body: { nodeIds: [Number(scene.id('/f'))] } })

const ordered = async (scene: Scene) => {
  const { body } = await scene.call('generateDownloadUrlForZipArchive', 'reader', chosen(scene))
  const { downloadUrl } = body as { downloadUrl: string }
  scene.kept.token = downloadUrl.slice(downloadUrl.lastIndexOf('/') + 1)
}

/** Several nodes as one file. */
export const dracoonArchives: readonly MatrixRow[] = [
  { op: 'generateDownloadUrlForZipArchive', need: 'read', send: chosen },
  { op: 'downloadZipArchive', need: 'read', send: chosen },
  {
    op: 'downloadZipArchiveViaToken',
    need: 'bearer',
    // This face calls a wrong token unauthenticated.
    but: { stranger: 'unauthenticated' },
    before: ordered,
    send: (scene) => ({ params: { token: String(scene.kept.token) } }),
  },
]
