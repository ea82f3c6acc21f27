import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabases } from '../../adapters/sql/test-databases.ts'
import { listFavorites } from '../favorites/list-favorites.ts'
import { setFavorites } from '../favorites/set-favorites.ts'
import { deleteNodes } from '../nodes/delete-nodes.ts'
import { findNode } from '../nodes/find-node.ts'
import { listChildren } from '../nodes/list-children.ts'
import { READ } from '../permissions/permission.ts'
import { removeRoomGrants } from '../permissions/remove-room-grants.ts'
import { faultOf } from '../suites/node-world.suite.ts'
import { pieces, type TransferWorld, transferWorld } from '../suites/transfer-world.suite.ts'
import { purgeDeleted } from '../trash/purge-deleted.ts'
import { restoreNodes } from '../trash/restore-nodes.ts'
import { storeFile } from '../uploads/store-file.ts'
import { fileVersions, listVersions } from '../versions/list-versions.ts'
import { restoreVersion } from '../versions/restore-version.ts'
import { addComment } from './add-comment.ts'
import { answerTask } from './answer-task.ts'
import { changeComment } from './change-comment.ts'
import { deleteComment } from './delete-comment.ts'
import { listComments } from './list-comments.ts'

describe.each(await testDatabases())('what people leave at nodes on $kind', (databases) => {
  let world: TransferWorld
  let roomId: number
  let count = 0

  beforeAll(async () => {
    world = await transferWorld(databases)
    roomId = await world.room('Room', { bob: READ })
  })
  afterAll(() => world.stop())

  const page = { offset: 0, limit: 50 }
  const put = async (name = `f${++count}`, text = name) => {
    const source = pieces(Buffer.from(text))
    const place = { parent: { id: roomId }, name, onClash: 'overwrite' } as const
    return (await storeFile(world.as('ann'), { ...place, source })).node.id
  }
  const list = async (id: number, withDeleted = false) =>
    (await listComments(world.as('bob'), { node: { id }, withDeleted, page })).items
  const trash = (id: number) => deleteNodes(world.as('ann'), { nodes: [{ id }], mode: 'all' })
  const restore = (id: number) =>
    restoreNodes(world.as('ann'), { nodes: [{ id }], onClash: 'fail', mode: 'all' })

  test('comments are counted, changed by their author, deleted by him or who manages', async () => {
    const id = await put()
    const one = await addComment(world.as('bob'), { node: { id }, text: 'one' })
    world.pass(5)
    const two = await addComment(world.as('ann'), { node: { id }, text: 'two' })
    expect((await list(id)).map(({ text }) => text)).toEqual(['one', 'two'])
    expect((await findNode(world.as('bob'), { node: { id } })).comments).toBe(2)
    const changed = await changeComment(world.as('bob'), { id: one.id, text: 'ONE' })
    expect(changed).toMatchObject({ isChanged: true, updatedAt: world.now(), text: 'ONE' })
    const foreign = changeComment(world.as('ann'), { id: one.id, text: 'x' })
    expect(await faultOf(foreign)).toBe('forbidden comment')
    expect(await faultOf(deleteComment(world.as('bob'), { id: two.id }))).toBe('forbidden comment')
    await deleteComment(world.as('ann'), { id: one.id })
    expect((await list(id, true)).map(({ text }) => text)).toEqual(['', 'two'])
    expect((await findNode(world.as('bob'), { node: { id } })).comments).toBe(1)
    expect(await faultOf(changeComment(world.as('bob'), { id: one.id, text: 'x' }))).toBe(
      'closed comment',
    )
    expect(await faultOf(addComment(world.as('bob'), { node: { id }, text: ' ' }))).toBe(
      'invalid body',
    )
    expect((await world.nodes.events()).at(-1)).toMatchObject({
      type: 'comment.deleted',
      nodeId: id,
      data: { comment: one.id },
    })
  })

  test('tasks have people who say how far they are', async () => {
    const id = await put()
    const { ann, bob, admin } = world.nodes.ids
    const task = { dueAt: 12_345, assignees: [ann, bob, bob] }
    const made = await addComment(world.as('ann'), { node: { id }, text: 'do it', task })
    expect(made.task).toEqual({
      dueAt: 12_345,
      assignees: [
        { userId: ann, status: 'new' },
        { userId: bob, status: 'new' },
      ],
    })
    const said = await answerTask(world.as('bob'), { id: made.id, status: 'accept' })
    expect(said.assigneePeople.map(({ userName }) => userName)).toEqual(['ann', 'bob'])
    expect(said.task?.assignees[1]).toEqual({ userId: bob, status: 'accept' })
    const fewer = { dueAt: null, assignees: [bob] }
    const { task: left } = await changeComment(world.as('ann'), { id: made.id, task: fewer })
    expect(left).toEqual({ dueAt: null, assignees: [{ userId: bob, status: 'accept' }] })
    expect((await list(id))[0]?.task).toEqual(left)
    const notHis = answerTask(world.as('ann'), { id: made.id, status: 'done' })
    expect(await faultOf(notHis)).toBe('forbidden comment')
    const blind = { assignees: [admin] }
    const wrong = addComment(world.as('ann'), { node: { id }, text: 'x', task: blind })
    expect(await faultOf(wrong)).toBe('not-found user')
  })

  test('comments and marks wait in the trash, and go with their node', async () => {
    const id = await put()
    const { id: comment } = await addComment(world.as('bob'), { node: { id }, text: 'here' })
    await setFavorites(world.as('bob'), { nodes: [{ id }], favorite: true })
    const favorites = () => listFavorites(world.as('bob'), { page })
    expect((await favorites()).items.map(({ node }) => node.id)).toEqual([id])
    const { items } = await listChildren(world.as('bob'), { parent: { id: roomId }, page })
    const view = items.find(({ node }) => node.id === id)
    expect([view?.isFavorite, view?.comments]).toEqual([true, 1])
    expect((await findNode(world.as('ann'), { node: { id } })).isFavorite).toBe(false)
    await trash(id)
    expect((await favorites()).total).toBe(0)
    expect(await faultOf(deleteComment(world.as('bob'), { id: comment }))).toBe('not-found comment')
    await restore(id)
    expect((await list(id)).map(({ text }) => text)).toEqual(['here'])
    expect((await favorites()).total).toBe(1)
    await trash(id)
    await purgeDeleted(world.as('ann'), { nodes: [{ id }], whole: true, mode: 'all' })
    expect(await world.nodes.asSystem().read((tx) => tx.comments.find(comment))).toBeUndefined()
    const toggled = await put()
    const toggle = () =>
      setFavorites(world.as('bob'), { nodes: [{ id: toggled }], favorite: 'toggle' })
    expect((await toggle())[0]?.isFavorite).toBe(true)
    expect((await toggle())[0]?.isFavorite).toBe(false)
    const missing = { nodes: [{ id: toggled }], favorite: false, mustBe: true } as const
    expect(await faultOf(setFavorites(world.as('bob'), missing))).toBe('exists node')
  })

  test('an old version becomes the newest again, and readers follow', async () => {
    const id = await put('v.txt', 'first')
    world.pass(10)
    await put('v.txt', 'second!')
    const versions = async () => (await listVersions(world.as('bob'), { node: { id }, page })).items
    const since = async (versionId: number) =>
      (await listVersions(world.as('bob'), { node: { id }, since: versionId, page })).items
    const [second, first] = (await versions()).map((version) => version.id)
    const before = await world.tenantBytes()
    const view = await restoreVersion(world.as('ann'), { node: { id }, versionId: first! })
    expect(view.node.currentId).toBeGreaterThan(second!)
    expect(String(await world.bytesOf(world.as('bob'), { id }))).toBe('first')
    expect(await world.tenantBytes()).toBe(before + 5)
    const [newest] = await versions()
    expect(newest).toMatchObject({ isCurrent: true, restoredAt: world.now() - 10 })
    expect((await since(first!)).map((one) => one.id)).toEqual([second, view.node.currentId])
    expect(await since(view.node.currentId)).toEqual([])
    expect(await faultOf(since(1))).toBe('not-found version')
    const unknown = restoreVersion(world.as('ann'), { node: { id }, versionId: 1 })
    expect(await faultOf(unknown)).toBe('not-found version')
    const denied = restoreVersion(world.as('bob'), { node: { id }, versionId: first! })
    expect(await faultOf(denied)).toBe('forbidden node parent')
    const all = (who: 'ann' | 'bob') => fileVersions(world.as(who), { fileId: id, page })
    expect([(await all('ann')).total, (await all('bob')).total]).toEqual([3, 1])
    await trash(id)
    expect([(await all('ann')).total, (await all('bob')).total]).toEqual([3, 0])
    await removeRoomGrants(world.as('ann'), {
      room: { id: roomId },
      userIds: [world.nodes.ids.bob],
    })
    expect((await all('bob')).total).toBe(0)
  })
})
