import { expect } from 'vitest'
import type { ContractRow, Scene } from '../row.ts'

const text = (scene: Scene) => `It works well ${scene.nodeId('/')}`
const sent = async (scene: Scene) => {
  await scene.call('accountsFeedback', 'reader', { body: { comment: text(scene) } })
}
const newest = { query: { limit: 1, order_direction: 'descending' } }

/** What users write to the administrators. */
export const feedbackRows: readonly ContractRow[] = [
  {
    op: 'accountsFeedback',
    name: 'is kept, with the address that is given',
    as: 'reader',
    send: (scene) => ({
      body: { comment: text(scene), email: 'other@example.test', name: 'Somebody' },
    }),
    want: { status: 200, events: ['feedback.sent'] },
    async then(scene) {
      const { body } = await scene.call('accountsFeedbackList', 'admin', newest)
      const [first] = (body as { data: object[] }).data
      expect(first).toMatchObject({ text: text(scene), email: 'other@example.test' })
    },
  },
  {
    op: 'accountsFeedback',
    name: 'without a text',
    as: 'reader',
    send: { body: {} },
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    op: 'accountsFeedback',
    name: 'a text that is too long',
    as: 'reader',
    send: { body: { comment: 'x'.repeat(10_001) } },
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    op: 'accountsFeedback',
    name: 'an address that is none',
    as: 'reader',
    send: { body: { comment: 'x', email: 'a@b\r\nBcc: c@d' } },
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    op: 'accountsFeedback',
    name: 'without a session',
    as: null,
    send: { body: { comment: 'x' } },
    want: { status: 401, code: 'Unauthorized' },
  },
  {
    op: 'accountsFeedbackList',
    name: 'tells administrators what came, with the address of the account',
    as: 'admin',
    before: sent,
    send: newest,
    want: (scene) => ({
      status: 200,
      body: {
        count: (count) => Number(count) > 0,
        data: [
          {
            text: text(scene),
            userid: scene.userId('reader'),
            email: 'reader@example.test',
            created: (at) => Number(at) > 1.7e12,
          },
        ],
      },
    }),
  },
  {
    op: 'accountsFeedbackList',
    name: 'is for who manages users',
    as: 'manager',
    want: { status: 403, code: 'Forbidden' },
  },
  {
    op: 'accountsFeedbackList',
    name: 'by a field that is none',
    as: 'admin',
    send: { query: { order_field: 'text' } },
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    op: 'accountsFeedbackList',
    name: 'of another tenant is not shown',
    as: 'stranger',
    before: sent,
    want: { status: 200, body: { count: 0, data: [] } },
  },
]
