import type { GeneratedOperation } from './document.ts'
import { type OpenApiSchema, refName, safeName } from './schema.ts'

/**
 * The text of `shapes.ts`: one exported type a component schema, and `Operations`, which says
 * for every operationId what its params (path and query), headers, body and reply are.
 */
export function shapesText(
  schemas: Record<string, OpenApiSchema>,
  operations: GeneratedOperation[],
): string {
  const types = Object.entries(schemas).map(
    ([name, schema]) => `export type ${safeName(name)} = ${typeText(schema, '')}\n`,
  )
  const members = operations.map(operationText)
  return `${types.join('\n')}
/** What every operation takes and answers, by operationId. */
export interface Operations {
${members.join('\n')}
}
`
}

function operationText(operation: GeneratedOperation): string {
  const { row, parameters } = operation
  const inUrl = parameters.filter((parameter) => parameter.in !== 'header')
  const headers = parameters.filter((parameter) => parameter.in === 'header')
  const replies = [...new Set(operation.replies.map((reply) => bodyText(reply)))]
  const body = bodyText(operation.body)
  const optional = operation.body !== undefined && !row.bodyRequired && body !== 'unknown'
  return `${row.deprecated ? '  /** @deprecated */\n' : ''}  ${memberName(row.id)}: {
    params: ${parametersText(inUrl)}
    headers: ${parametersText(headers)}
    body: ${optional ? `${body} | undefined` : body}
    reply: ${replies.includes('unknown') ? 'unknown' : replies.join(' | ') || 'undefined'}
  }`
}

function parametersText(parameters: GeneratedOperation['parameters']): string {
  if (parameters.length === 0) return '{}'
  const members = parameters.map((parameter) => {
    const name = parameter.in === 'header' ? parameter.name.toLowerCase() : parameter.name
    const mark = parameter.required ? '' : '?'
    return `      ${memberName(name)}${mark}: ${typeText(parameter.schema, '      ')}`
  })
  return `{\n${members.join('\n')}\n    }`
}

const bodyText = (schema: OpenApiSchema | 'bytes' | undefined): string => {
  if (schema === undefined) return 'undefined'
  return schema === 'bytes' ? 'unknown' : typeText(schema, '    ')
}

/** A schema as TypeScript; `pad` is the indentation of the line it stands in. */
export function typeText(schema: OpenApiSchema, pad: string): string {
  const text = bareTypeText(schema, pad)
  return schema.nullable && text !== 'unknown' ? `${text} | null` : text
}

function bareTypeText(schema: OpenApiSchema, pad: string): string {
  if (schema.$ref) return safeName(refName(schema.$ref))
  if (schema.enum && schema.type !== 'array')
    return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  const parts: string[] = []
  if (schema.allOf) parts.push(...schema.allOf.map((part) => grouped(typeText(part, pad))))
  const choices = schema.oneOf ?? schema.anyOf
  if (choices) parts.push(grouped(choices.map((part) => typeText(part, pad)).join(' | ')))
  const object = schema.properties || schema.additionalProperties
  if (parts.length > 0 && object) parts.push(objectText(schema, pad))
  if (parts.length > 0) return parts.join(' & ')
  if (object) return objectText(schema, pad)
  const types = [schema.type ?? []].flat()
  return types.map((type) => scalarText(type, schema, pad)).join(' | ') || 'unknown'
}

function scalarText(type: string, schema: OpenApiSchema, pad: string): string {
  if (type === 'array') return `${grouped(typeText(schema.items ?? {}, pad))}[]`
  if (type === 'object') return '{ [name: string]: unknown }'
  return type === 'integer' ? 'number' : type
}

function objectText(schema: OpenApiSchema, pad: string): string {
  const inner = `${pad}  `
  const lines = Object.entries(schema.properties ?? {}).map(([name, member]) => {
    const mark = schema.required?.includes(name) ? '' : '?'
    return `${notes(member, inner)}${inner}${memberName(name)}${mark}: ${typeText(member, inner)}`
  })
  const rest = schema.additionalProperties
  if (rest) {
    const type = rest === true || lines.length > 0 ? 'unknown' : typeText(rest, inner)
    lines.push(`${inner}[name: string]: ${type}`)
  }
  return lines.length > 0 ? `{\n${lines.join('\n')}\n${pad}}` : '{ [name: string]: unknown }'
}

// A default is only told: validation leaves what is missing missing.
function notes(member: OpenApiSchema, pad: string): string {
  const tags = []
  if (member.deprecated) tags.push('@deprecated')
  if (member.format && member.type !== 'boolean') tags.push(member.format)
  if (member.default !== undefined) tags.push(`default ${JSON.stringify(member.default)}`)
  const told = tags.join(', ').replaceAll('*/', '* /')
  return told ? `${pad}/** ${told} */\n` : ''
}

const grouped = (text: string): string => (/ [|&] /.test(text) ? `(${text})` : text)

const memberName = (name: string): string =>
  /^[A-Za-z_$][\w$]*$/.test(name) ? name : `'${name.replace(/[\\']/g, '\\$&')}'`
