import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { type DocumentedOperation, documents, type JsonSchema } from './documented.ts'
import { type Checked, compileOperation, faceSchemas } from './validate.ts'

const schemas: Record<string, JsonSchema> = {
  Box: {
    type: 'object',
    required: ['name', 'parent'],
    properties: {
      name: { type: 'string', minLength: 1, maxLength: 5 },
      parent: { type: 'integer', format: 'int64' },
      size: { type: 'integer', format: 'int32', minimum: 1 },
      open: { type: 'boolean' },
      kind: { type: 'string', enum: ['big', 'small'] },
      made: { type: 'string', format: 'date-time' },
      note: { type: ['string', 'null'] },
      labels: { type: 'array', items: { $ref: 'Label' } },
      sizes: { type: 'array', items: { type: 'integer', format: 'int64' } },
      inner: { anyOf: [{ $ref: 'Box' }, { type: 'null' }] },
    },
  },
  Label: { type: 'object', required: ['id'], properties: { id: { type: 'integer' } } },
}

const operation: DocumentedOperation = {
  id: 'putBox',
  method: 'PUT',
  methods: ['PUT'],
  path: '/boxes/{box_id}',
  aliases: [],
  tag: 'boxes',
  security: [],
  success: [200, 204],
  statuses: { 200: [], 204: [], 404: [-40000, 'BoxNotFound'], 409: [] },
  parameters: [
    {
      name: 'box_id',
      in: 'path',
      required: true,
      schema: { type: 'integer', format: 'int64' },
    },
    { name: 'limit', in: 'query', required: false, schema: { type: 'integer', maximum: 500 } },
    { name: 'deep', in: 'query', required: false, schema: { type: 'boolean' } },
    {
      name: 'ids',
      in: 'query',
      required: false,
      schema: { type: 'array', items: { type: 'integer' } },
    },
    { name: 'X-Way', in: 'header', required: true, schema: { type: 'string', enum: ['UTC'] } },
  ],
  requestContentTypes: ['application/json'],
  bodySchema: 'Box',
  bodyRequired: true,
  replies: { 200: 'Box', 204: null, 404: { type: 'object', required: ['code'] } },
  replyContentTypes: ['application/json'],
}

const strict = compileOperation(faceSchemas(schemas), operation)
const loose = compileOperation(faceSchemas(schemas, { coerceBody: true }), operation)

function faults(checked: Checked): string[] {
  return checked.ok ? [] : checked.problems.map((one) => `${one.path} ${one.rule}`)
}

const given = (checked: Checked): unknown => (checked.ok ? checked.value : checked.problems)

describe('params', () => {
  test('text is read as the types of the document and undocumented names are dropped', () => {
    const raw = { box_id: '12', limit: '3', deep: 'TRUE', ids: ['4', '5'], other: 'x' }
    expect(given(strict.params(raw))).toEqual({ box_id: 12, limit: 3, deep: true, ids: [4, 5] })
    expect(given(strict.params({ box_id: '-1', ids: '7' }))).toEqual({ box_id: -1, ids: [7] })
  })

  test('what cannot be read is refused with the place it came from', () => {
    expect(faults(strict.params({}))).toEqual(['path.box_id required'])
    expect(faults(strict.params({ box_id: 'x', limit: '501', deep: '1' }))).toEqual([
      'path.box_id type',
      'query.limit maximum',
      'query.deep type',
    ])
    expect(faults(strict.params({ box_id: '1', limit: ['1', '2'] }))).toEqual(['query.limit type'])
    expect(faults(strict.params({ box_id: '1', limit: '' }))).toEqual(['query.limit type'])
    expect(faults(strict.params({ box_id: '1.5' }))).toEqual(['path.box_id type'])
    expect(faults(strict.params(undefined))).toEqual(['path.box_id required'])
  })

  test('names of the object prototype are no values', () => {
    const raw = JSON.parse('{"__proto__": {"box_id": "1"}}')
    expect(faults(strict.params(raw))).toEqual(['path.box_id required'])
  })

  test('headers are found by lower-case name', () => {
    expect(given(strict.headers({ 'x-way': 'UTC', host: 'h' }))).toEqual({ 'x-way': 'UTC' })
    expect(faults(strict.headers({ 'x-way': 'MOON' }))).toEqual(['header.x-way enum'])
  })
})

describe('whole numbers', () => {
  const safe = Number.MAX_SAFE_INTEGER

  test('past 2^53 - 1 are refused in the URL and in the body, not rounded', () => {
    expect(given(strict.params({ box_id: String(safe) }))).toEqual({ box_id: safe })
    for (const text of [
      '9007199254740992',
      '9007199254740993',
      '-9007199254740993',
      '9'.repeat(30),
    ])
      expect(faults(strict.params({ box_id: text }))).toEqual(['path.box_id format'])
    const body = JSON.parse('{"name": "a", "parent": 9007199254740993}')
    expect(faults(strict.body(body))).toEqual(['body.parent format'])
    expect(faults(strict.body(JSON.parse('{"name": "a", "parent": 1e400}')))).not.toEqual([])
  })

  test('an int32 ends where 32 bits end', () => {
    const body = (size: number) => faults(strict.body({ name: 'a', parent: 1, size }))
    expect(body(2147483647)).toEqual([])
    expect(body(2147483648)).toEqual(['body.size format'])
  })
})

describe('JSON bodies', () => {
  test('must have the documented types; unknown members pass', () => {
    const body = { name: 'a', parent: 1, more: { x: 1 } }
    expect(given(strict.body(body))).toBe(body)
    expect(faults(strict.body({ name: 'a', parent: '1', open: 'true', labels: {} }))).toEqual([
      'body.parent type',
      'body.open type',
      'body.labels type',
    ])
  })

  test('every problem names member, rule and what is expected', () => {
    const checked = strict.body({ name: 'abcdef', kind: 'x', labels: [{}], parent: 1 })
    expect(given(checked)).toEqual([
      {
        path: 'body.name',
        rule: 'maxLength',
        expected: 5,
        message: 'body.name must have at most 5 characters',
      },
      {
        path: 'body.kind',
        rule: 'enum',
        expected: ['big', 'small'],
        message: 'body.kind must be one of: big, small',
      },
      {
        path: 'body.labels[0].id',
        rule: 'required',
        expected: 'a value',
        message: 'body.labels[0].id is missing',
      },
    ])
  })

  test('a missing, null or scalar body is a problem and not a crash', () => {
    expect(faults(strict.body(undefined))).toEqual(['body required'])
    expect(faults(strict.body(null))).toEqual(['body type'])
    expect(faults(strict.body('x'))).toEqual(['body type'])
    const optional = compileOperation(faceSchemas(schemas), { ...operation, bodyRequired: false })
    expect(given(optional.body(undefined))).toBeUndefined()
  })

  test('an operation without body schema passes what it gets', () => {
    const { bodySchema: _, ...rest } = operation
    const bytes = Buffer.from('x')
    expect(given(compileOperation(faceSchemas({}), rest).body(bytes))).toBe(bytes)
  })

  test('the number of problems told is bounded', () => {
    const labels = Array.from({ length: 1000 }, () => ({}))
    expect(faults(strict.body({ name: 'a', parent: 1, labels }))).toHaveLength(20)
  })

  test.each([
    ['2024-02-29T23:59:59.123Z', true],
    ['2024-01-01T00:00:00+0200', true],
    ['2024-01-01T10:00', true],
    ['2024-01-01', true],
    ['2023-02-29', false],
    ['2024-01-01T25:00:00Z', false],
    ['2024-01-01T10:00:00Zx', false],
    ['yesterday', false],
  ])('date-time %s: %s', (made, ok) => {
    expect(strict.body({ name: 'a', parent: 1, made }).ok).toBe(ok)
  })
})

describe('form bodies', () => {
  test('text is read loosely, in the members too', () => {
    const form = {
      name: 'a',
      parent: '12',
      open: 'True',
      size: '',
      labels: '[{"id": "3"}]',
      sizes: '8',
      inner: '{"name": 5, "parent": "6", "open": 0}',
      kind: '',
    }
    const copy = structuredClone(form)
    expect(given(loose.body(form))).toEqual({
      name: 'a',
      parent: 12,
      open: true,
      labels: [{ id: 3 }],
      sizes: [8],
      inner: { name: '5', parent: 6, open: false },
    })
    expect(form).toEqual(copy)
  })

  test.each(['yes', '1', 'on', 'TRUE'])('%s is true', (word) => {
    expect(given(loose.params({ box_id: '1', deep: word }))).toEqual({ box_id: 1, deep: true })
  })

  test('what cannot be read is refused', () => {
    const form = { name: 'a', parent: 'b', open: 'maybe', labels: '[{', sizes: ['1', 'x'] }
    expect(faults(loose.body(form))).toEqual([
      'body.parent type',
      'body.open type',
      'body.labels[0] type',
      'body.sizes[1] type',
    ])
    expect(faults(loose.body({ name: 'a', parent: '' }))).toEqual(['body.parent required'])
  })

  test('deep nesting of a schema that holds itself ends in an answer', () => {
    let inner: unknown = { name: 'a', parent: '1' }
    for (let depth = 0; depth < 100; depth++) inner = { name: 'a', parent: 1, inner }
    expect(loose.body(inner).ok).toBe(false)
  })
})

describe('replies', () => {
  test('are checked by status, without reading text as other types', () => {
    expect(strict.reply(200)?.({ name: 'a', parent: 1 }).ok).toBe(true)
    expect(faults(loose.reply(200)!({ name: 'a', parent: '1' }))).toEqual(['reply.parent type'])
    expect(strict.reply(404)?.({}).ok).toBe(false)
    expect(strict.reply(204)).toBeUndefined()
    expect(strict.reply(500)).toBeUndefined()
  })

  test('the document tells which status and code belong to the operation', () => {
    expect(documents(operation, 404, -40000)).toBe(true)
    expect(documents(operation, 404, 'BoxNotFound')).toBe(true)
    expect(documents(operation, 404, -1)).toBe(false)
    expect(documents(operation, 409)).toBe(true)
    expect(documents(operation, 409, -40000)).toBe(false)
    expect(documents(operation, 418)).toBe(false)
  })
})

type Generated = {
  operations: Record<string, DocumentedOperation>
  schemas: Record<string, JsonSchema>
}

// A face has no generated files before its document is written.
const tables = ['dracoon', 'cloudike', 'drumee']
  .map((face) => [face, join(import.meta.dirname, face, 'generated/operations.ts')] as const)
  .filter(([, file]) => existsSync(file))

test.each(tables)(
  'every validator of %s compiles',
  async (_face, file) => {
    const table: Generated = await import(pathToFileURL(file).href)
    const face = faceSchemas(table.schemas)
    const all = Object.values(table.operations)
    expect(all.length).toBeGreaterThan(50)
    let replies = 0
    for (const one of all) {
      const checks = compileOperation(face, one)
      const wanted = one.parameters.filter((parameter) => parameter.required)
      const inUrl = wanted.filter((parameter) => parameter.in !== 'header')
      expect(faults(checks.params({}))).toHaveLength(inUrl.length)
      expect(faults(checks.headers({}))).toHaveLength(wanted.length - inUrl.length)
      if (one.bodySchema) expect(checks.body(one.bodyRequired ? undefined : {})).toBeDefined()
      if (one.bodySchema) checks.body({})
      for (const status of Object.keys(one.replies)) {
        if (checks.reply(Number(status))?.({})) replies++
      }
    }
    expect(replies).toBeGreaterThan(50)
    for (const schema of Object.values(table.schemas)) {
      expect(face.ajv().validateSchema(schema)).toBe(true)
    }
  },
  30_000,
)
