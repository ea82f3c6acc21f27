import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { DocumentedOperation, JsonSchema } from '../server/faces/documented.ts'
import type { OpenApi } from './gen/document.ts'
import { generate, generateFace } from './gen.ts'

const shelf: OpenApi = {
  security: [{ token: [] }, {}],
  paths: {
    '/api/1/shelf/{path}': {
      get: {
        operationId: 'shelf.read',
        tags: ['shelves'],
        'x-methods': ['get', 'POST'],
        'x-aliases': ['/api/0/shelf/{path}'],
        'x-permission': 2,
        'x-fields': ref('Elsewhere'),
        parameters: [
          {
            name: 'path',
            in: 'path',
            required: true,
            schema: { type: 'string' },
            'x-spans-slashes': true,
          },
          { name: 'limit', in: 'query', schema: { type: 'integer', format: 'int32' } },
          { name: 'deep', in: 'query', required: true, schema: { type: 'boolean' } },
          { name: 'tag', in: 'query', schema: { type: 'array', items: { type: 'string' } } },
          { name: 'X-Way', in: 'header', schema: { type: 'string', enum: ['up', 'down'] } },
        ],
        responses: {
          200: { content: { 'application/json': { schema: ref('Shelf') } } },
          204: { content: { 'application/json': { schema: { type: 'string' } } } },
          404: { 'x-error-codes': ['FileNotFound'], content: problem(['ShelfNotFound']) },
        },
      },
      put: {
        operationId: 'putShelf',
        deprecated: true,
        security: [],
        parameters: [{ name: 'path', in: 'path', required: true, schema: { type: 'string' } }],
        requestBody: { content: { 'application/json': { schema: ref('Shelf') } } },
        responses: {
          200: { content: { 'text/plain': { schema: { type: 'string' } } } },
          400: { content: problem([-1, -2]) },
        },
      },
    },
    '/bytes': {
      post: {
        operationId: 'sendBytes',
        requestBody: { required: true, content: { 'multipart/form-data': { schema: file() } } },
        responses: { 201: {} },
      },
    },
  },
  components: {
    schemas: {
      Shelf: {
        type: 'object',
        required: ['id', 'owner'],
        properties: {
          id: { type: 'integer' },
          owner: { ...ref('Per.son'), nullable: true },
          kind: { type: 'string', enum: ['a', 'b'], nullable: true, default: 'a' },
          'odd-name': { type: 'array', items: { type: 'string', nullable: true } },
          count: { type: 'integer', format: 'int32', minimum: 0, exclusiveMinimum: true },
          map: { type: 'object', additionalProperties: { type: 'number' } },
          old: { type: 'string', deprecated: true },
          any: {},
        },
        additionalProperties: false,
      },
      'Per.son': { allOf: [{ type: 'object', properties: { name: { type: 'string' } } }] },
      Problem: { type: 'object', properties: { code: { type: 'integer' } } },
    },
  },
}

function ref(name: string) {
  return { $ref: `#/components/schemas/${name}` }
}

function problem(codes: (number | string)[]) {
  return { 'application/json': { 'x-error-codes': codes, schema: ref('Problem') } }
}

function file() {
  return { type: 'object', properties: { file: { type: 'string', format: 'binary' } } }
}

const files = generate(shelf)
const rows: Record<string, DocumentedOperation> = JSON.parse(files['operations.json'] ?? '')
const schemas: Record<string, JsonSchema> = JSON.parse(files['schemas.json'] ?? '')
const flat = (text: string | undefined) => (text ?? '').replace(/\s+/g, ' ')

describe('the operations table', () => {
  test('holds all of an operation that a face needs to know', () => {
    expect(rows['shelf.read']).toMatchObject({
      id: 'shelf.read',
      method: 'GET',
      methods: ['GET', 'POST'],
      path: '/api/1/shelf/{path}',
      aliases: ['/api/0/shelf/{path}'],
      tag: 'shelves',
      security: ['token', 'anonymous'],
      success: [200, 204],
      statuses: { 200: [], 204: [], 404: ['FileNotFound', 'ShelfNotFound'] },
      bodyRequired: false,
      replies: { 200: 'Shelf', 204: null, 404: 'Problem' },
      replyContentTypes: ['application/json'],
      extensions: { 'x-permission': 2, 'x-fields': ref('Elsewhere') },
    })
    expect(rows['shelf.read']?.parameters[0]).toMatchObject({ name: 'path', spans: true })
    expect(rows.putShelf).toMatchObject({
      deprecated: true,
      security: [],
      bodySchema: 'Shelf',
      replies: { 200: null, 400: 'Problem' },
    })
  })

  test('bytes have no schema', () => {
    expect(rows.sendBytes).toMatchObject({ bodyRequired: true, success: [201] })
    expect(rows.sendBytes).not.toHaveProperty('bodySchema')
  })

  test('schemas are plain JSON Schema', () => {
    expect(schemas.Shelf).toEqual({
      type: 'object',
      required: ['id', 'owner'],
      properties: {
        id: { type: 'integer', format: 'int64' },
        owner: { anyOf: [{ $ref: 'Per_son' }, { type: 'null' }] },
        kind: { type: ['string', 'null'], enum: ['a', 'b', null], default: 'a' },
        'odd-name': { type: 'array', items: { type: ['string', 'null'] } },
        count: { type: 'integer', format: 'int32', exclusiveMinimum: 0 },
        map: { type: 'object', additionalProperties: { type: 'number' } },
        old: { type: 'string' },
        any: {},
      },
    })
  })
})

describe('shapes', () => {
  test('are types of the schemas', () => {
    expect(flat(files['shapes.ts'])).toContain(
      `export type Shelf = { id: number owner: Per_son | null /** default "a" */ ` +
        `kind?: "a" | "b" | null 'odd-name'?: (string | null)[] /** int32 */ count?: number ` +
        `map?: { [name: string]: number } /** @deprecated */ old?: string any?: unknown }`,
    )
    expect(flat(files['shapes.ts'])).toContain('export type Per_son = { name?: string }')
  })

  test('say what every operation takes and answers', () => {
    const text = flat(files['shapes.ts'])
    expect(text).toContain(
      `'shelf.read': { params: { path: string limit?: number deep: boolean tag?: string[] } ` +
        `headers: { 'x-way'?: "up" | "down" } body: undefined reply: Shelf | undefined }`,
    )
    expect(text).toContain(
      '/** @deprecated */ putShelf: { params: { path: string } headers: {} ' +
        'body: Shelf | undefined reply: unknown }',
    )
    expect(text).toContain('sendBytes: { params: {} headers: {} body: unknown reply: undefined }')
  })
})

describe('a document that is wrong', () => {
  const responses = { 200: {} }
  const one = (operation: object, schemas = {}): OpenApi => ({
    paths: { '/a': { get: { operationId: 'a', responses, ...operation } } } as OpenApi['paths'],
    components: { schemas },
  })

  test.each([
    [one({ operationId: '' }), /GET \/a: no operationId/],
    [one({ responses: {} }), /GET \/a: no responses/],
    [one({ responses: { default: {} } }), /status default is not a number/],
    [one({ parameters: [{ name: 'x', in: 'path', schema: {} }] }), /differ in x/],
    [one({ 'x-aliases': ['/b/{y}'] }), /\/b\/\{y\} and its parameters differ in y/],
    [one({ parameters: [{ name: 'x', in: 'query' }] }), /parameter x has no schema/],
    [one({ parameters: [{ name: 'x', in: 'body', schema: {} }] }), /parameter x is in body/],
    [one({ parameters: [{ $ref: '#/components/parameters/P' }] }), /P is not in the document/],
    [one({}, { S: { type: 'string', maxlength: 3 } }), /S: unknown keyword maxlength/],
    [one({}, { S: ref('T') }), /schema T is referred to but not there/],
    [one({}, { 'a.b': {}, a_b: {} }), /schema name a_b is taken/],
    [one({ requestBody: { content: {} } }), /the request body has no content/],
  ])('is refused with the place %#', (document, message) => {
    expect(() => generate(document)).toThrow(message)
  })

  test('has no operationId twice', () => {
    const paths = { '/a': { get: { operationId: 'a', responses } } }
    const twice = { paths: { ...paths, '/b': paths['/a'] } } as OpenApi
    expect(() => generate(twice)).toThrow(/operationId a is there twice/)
  })
})

describe('the folder of a face', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gen-'))
    mkdirSync(join(folder, 'spec'))
    writeFileSync(join(folder, 'spec/openapi.json'), JSON.stringify(shelf))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  test('is written once, and checked against what would be written', () => {
    expect(generateFace(folder, true)).toHaveLength(4)
    expect(generateFace(folder, false)).toHaveLength(4)
    expect(generateFace(folder, false)).toEqual([])
    expect(generateFace(folder, true)).toEqual([])
    const shapes = join(folder, 'generated/shapes.ts')
    expect(readFileSync(shapes, 'utf8')).toMatch(/^\/\/ Generated by tools\/gen\.ts/)
    writeFileSync(shapes, 'export {}\n')
    writeFileSync(join(folder, 'generated/stale.ts'), '')
    expect(generateFace(folder, true)).toEqual([shapes, join(folder, 'generated/stale.ts')])
    generateFace(folder, false)
    expect(generateFace(folder, true)).toEqual([])
  })
})
