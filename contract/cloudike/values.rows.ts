import type { ContractRow, Scene } from '../row.ts'

const key = (scene: Scene) => `key ${scene.nodeId('/')}`
const kept = async (scene: Scene) => {
  await scene.call('accountsSetValue', 'reader', { body: { key: key(scene), value: 'first' } })
}
const shared = async (scene: Scene) => {
  const send = { params: { key_name: key(scene) }, body: { value: { text: 'terms' } } }
  await scene.call('keyvalueSet', 'admin', send)
}

export const valueRows: readonly ContractRow[] = [
  {
    op: 'accountsSetValue',
    name: 'keeps a new one',
    as: 'reader',
    send: (scene) => ({ body: { key: key(scene), value: 'grün' } }),
    want: (scene) => ({ status: 200, body: { written: key(scene), updated: undefined } }),
  },
  {
    op: 'accountsSetValue',
    name: 'replaces what was there',
    as: 'reader',
    before: kept,
    send: (scene) => ({ body: { key: key(scene), value: 'second' } }),
    want: (scene) => ({ status: 200, body: { updated: key(scene), written: undefined } }),
    then: async (scene) => {
      const send = { query: { key: key(scene) } }
      const { body } = await scene.call('accountsGetValue', 'reader', send)
      if ((body as Record<string, string>)[key(scene)] !== 'second') throw new Error('the old one')
    },
  },
  {
    op: 'accountsSetValue',
    name: 'a key with control characters',
    as: 'reader',
    send: { body: { key: 'a\nb', value: 'x' } },
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    op: 'accountsSetValue',
    name: 'more than a value may have',
    as: 'reader',
    send: (scene) => ({ body: { key: key(scene), value: 'x'.repeat(65_537) } }),
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    op: 'accountsGetValue',
    name: 'answers it',
    as: 'reader',
    before: kept,
    send: (scene) => ({ query: { key: key(scene) } }),
    want: (scene) => ({ status: 200, body: { [key(scene)]: 'first' } }),
  },
  {
    op: 'accountsGetValue',
    name: 'rule 26: null for who has not set it',
    as: 'writer',
    before: kept,
    send: (scene) => ({ query: { key: key(scene) } }),
    want: (scene) => ({ status: 200, body: { [key(scene)]: null } }),
  },
  {
    op: 'accountsGetValue',
    name: 'without a key',
    as: 'reader',
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    op: 'keyvalueSet',
    name: 'an administrator sets it',
    as: 'admin',
    send: (scene) => ({ params: { key_name: key(scene) }, body: { value: 'x' } }),
    want: (scene) => ({
      status: 200,
      body: { key: key(scene), changed: true },
      events: ['value.changed'],
    }),
  },
  {
    op: 'keyvalueSet',
    name: 'the same again changes nothing',
    as: 'admin',
    before: shared,
    send: (scene) => ({ params: { key_name: key(scene) }, body: { value: { text: 'terms' } } }),
    want: { status: 200, body: { changed: false } },
  },
  {
    op: 'keyvalueSet',
    name: 'members do not',
    as: 'writer',
    send: (scene) => ({ params: { key_name: key(scene) }, body: { value: 'x' } }),
    want: { status: 403, code: 'Forbidden' },
  },
  {
    op: 'keyvalueSet',
    name: 'rights of its own are not given to a key',
    as: 'admin',
    send: (scene) => ({ params: { key_name: key(scene) }, body: { value: 'x', rights: 'all' } }),
    want: { status: 400, code: 'InvalidParameters' },
  },
  {
    op: 'keyvalue',
    name: 'every member reads it',
    as: 'member',
    before: shared,
    send: (scene) => ({ params: { key_name: key(scene) } }),
    want: (scene) => ({ status: 200, body: { key: key(scene), value: { text: 'terms' } } }),
  },
  {
    op: 'keyvalue',
    name: 'rule 26: 404 for a key that nobody set; another tenant has its own',
    as: 'stranger',
    before: shared,
    send: (scene) => ({ params: { key_name: key(scene) } }),
    want: { status: 404, code: 'NotFound' },
  },
  {
    op: 'keyvalue',
    name: 'a key that is too long',
    as: 'member',
    send: { params: { key_name: 'k'.repeat(256) } },
    want: { status: 400, code: 'InvalidParameters' },
  },
]
