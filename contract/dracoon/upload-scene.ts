import { createHash } from 'node:crypto'
import type { Scene } from '../row.ts'

export const md5 = (text: string) => createHash('md5').update(text).digest('hex')
export const unknownUpload = { status: 404, code: -20501 }

/** Opens a channel before the call, and sends these chunks. */
export const opened =
  (body: object = {}, ...chunks: string[]) =>
  async (scene: Scene) => {
    const wanted = { body: { parentId: scene.id('/'), name: 'new.txt', ...body } }
    const { body: made } = await scene.call('createFileUploadChannel', 'writer', wanted)
    Object.assign(scene.kept, made)
    for (const bytes of chunks) {
      const params = { token: kept(scene, 'token') }
      await scene.call('uploadFileByTokenAsMultipart_1', null, { params, bytes })
    }
  }

const kept = (scene: Scene, name: string) => String(scene.kept[name])
/** Names the upload that was opened. */
export const byId =
  (more: object = {}) =>
  (scene: Scene) => ({ params: { upload_id: kept(scene, 'uploadId') }, ...more })
export const byToken =
  (more: object = {}) =>
  (scene: Scene) => ({ params: { token: kept(scene, 'token') }, ...more })
