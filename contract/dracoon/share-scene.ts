import type { Persona, Scene } from '../row.ts'

export const shareTree = { '/a.txt': { file: '0123456789' }, '/f': 'folder' } as const
export const past = { enableExpiration: true, expireAt: '2001-01-01T00:00:00Z' }
export const future = { enableExpiration: true, expireAt: '2099-01-01T00:00:00Z' }

type Made = { id: number; accessKey: string }

/** Keeps `id` and `accessKey` of a download share on '/a.txt' that is made before the call. */
export const downloadShare =
  (body: object = {}, path = '/a.txt', as: Persona = 'writer') =>
  async (scene: Scene) => {
    const wanted = { body: { nodeId: scene.id(path), ...body } }
    const { body: made } = await scene.call('createDownloadShare', as, wanted)
    const { id, accessKey } = made as Made
    Object.assign(scene.kept, { id, accessKey })
  }

/** The same for an upload share on '/f'. */
export const uploadShare =
  (body: object = {}, path = '/f', as: Persona = 'writer') =>
  async (scene: Scene) => {
    const wanted = { body: { targetId: scene.id(path), ...body } }
    const { body: made } = await scene.call('createUploadShare', as, wanted)
    const { id, accessKey } = made as Made
    Object.assign(scene.kept, { id, accessKey })
  }

export const kept = (scene: Scene, name: string) => String(scene.kept[name])

export const ofShare =
  (more: object = {}) =>
  (scene: Scene) => ({ params: { share_id: Number(scene.kept.id) }, ...more })

export const ofKey =
  (more: object = {}) =>
  (scene: Scene) => ({ params: { access_key: kept(scene, 'accessKey') }, ...more })

/** Opens a channel through the upload share that is kept, and sends these chunks. */
export const brought =
  (body: object = {}, ...chunks: string[]) =>
  async (scene: Scene) => {
    const wanted = ofKey({ body: { name: 'new.txt', ...body } })(scene)
    const { body: made } = await scene.call('createShareUploadChannel', null, wanted)
    Object.assign(scene.kept, made)
    for (const bytes of chunks) {
      await scene.call('uploadFileAsMultipartPublic_1', null, ofUpload({ bytes })(scene))
    }
  }

export const ofUpload =
  (more: object = {}) =>
  (scene: Scene) => ({
    params: { access_key: kept(scene, 'accessKey'), upload_id: kept(scene, 'uploadId') },
    ...more,
  })

/** Does one after the other. */
export const both =
  (...steps: ((scene: Scene) => Promise<void>)[]) =>
  async (scene: Scene) => {
    for (const step of steps) await step(scene)
  }

/** Brings a whole file through the upload share that is kept. */
export const fileBrought = (text: string, name = 'new.txt', more: object = {}) =>
  both(brought({ name, ...more }, text), async (scene) => {
    await scene.call('completeFileUploadViaShare', null, ofUpload({ body: {} })(scene))
  })

/** Takes the writer out of the room. */
export const withoutRights = async (scene: Scene) => {
  const body = { ids: [scene.userId('writer')] }
  await scene.call('revokeRoomUsers', 'manager', { params: { room_id: scene.id('/') }, body })
}
