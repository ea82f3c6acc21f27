/** What `maskSource` leaves of a source text; both have its length and its line breaks. */
export type Masked = {
  /** Comments, and the insides of strings, templates and regular expressions, are blank. */
  code: string
  /** Only comments are blank. */
  uncommented: string
}

const regexAfterWord = /(?:^|[^\w$.])(?:return|typeof|case|in|of|delete|void|throw|new|else|await)$/

/** Whether a slash after this (masked) text opens a regular expression; else it divides. */
function opensRegex(before: string): boolean {
  const text = before.trimEnd()
  const last = text.at(-1)
  if (last === undefined) return true
  if (/[\w$]/.test(last)) return regexAfterWord.test(text.slice(-12))
  return !')]}\'"`'.includes(last)
}

/** The position after a quoted string that starts at `from`; an unclosed one ends with its line. */
function endOfString(text: string, from: number): number {
  const quote = text[from]
  for (let i = from + 1; i < text.length; i++) {
    if (text[i] === '\\') i++
    else if (text[i] === quote || text[i] === '\n') return i + 1
  }
  return text.length
}

/** The position after the closing slash of a regular expression that starts at `from`. */
function endOfRegex(text: string, from: number): number {
  let inClass = false
  for (let i = from + 1; i < text.length; i++) {
    const char = text[i]
    if (char === '\\') i++
    else if (char === '[') inClass = true
    else if (char === ']') inClass = false
    else if (char === '\n' || (char === '/' && !inClass)) return i + 1
  }
  return text.length
}

/** Where the template text that starts at `from` stops: after a backtick, or after `${`. */
function endOfTemplateText(text: string, from: number): { end: number; hole: boolean } {
  for (let i = from; i < text.length; i++) {
    if (text[i] === '\\') i++
    else if (text[i] === '`') return { end: i + 1, hole: false }
    else if (text[i] === '$' && text[i + 1] === '{') return { end: i + 2, hole: true }
  }
  return { end: text.length, hole: false }
}

const blank = (text: string): string => text.replace(/[^\n]/g, ' ')

/** Blanks the inside of a literal and keeps its first and last character. */
const hollow = (text: string): string =>
  text.length < 3 ? text : text[0] + blank(text.slice(1, -1)) + text.at(-1)

/**
 * Blanks what is not code, so that words and braces can be counted without a parser.
 * A regular expression right after a closing bracket is read as a division.
 */
export function maskSource(text: string): Masked {
  let code = ''
  let uncommented = ''
  const holes: number[] = []
  let depth = 0
  let at = 0
  const take = (end: number, kind: 'comment' | 'literal' | 'template' | 'code'): void => {
    const part = text.slice(at, end)
    if (kind === 'code') code += part
    else code += kind === 'literal' ? hollow(part) : blank(part)
    uncommented += kind === 'comment' ? blank(part) : part
    at = end
  }
  const template = (): void => {
    const { end, hole } = endOfTemplateText(text, at)
    take(end, 'template')
    if (hole) holes.push(depth)
  }
  while (at < text.length) {
    const char = text[at]!
    const pair = char + (text[at + 1] ?? '')
    if (pair === '//' || (at === 0 && pair === '#!')) {
      const end = text.indexOf('\n', at)
      take(end < 0 ? text.length : end, 'comment')
    } else if (pair === '/*') {
      const end = text.indexOf('*/', at + 2)
      take(end < 0 ? text.length : end + 2, 'comment')
    } else if (char === '"' || char === "'") take(endOfString(text, at), 'literal')
    else if (char === '`') {
      take(at + 1, 'code')
      template()
    } else if (char === '/' && opensRegex(code)) take(endOfRegex(text, at), 'literal')
    else if (char === '}' && holes.at(-1) === depth) {
      holes.pop()
      take(at + 1, 'template')
      template()
    } else {
      if (char === '{') depth++
      if (char === '}') depth--
      take(at + 1, 'code')
    }
  }
  return { code, uncommented }
}

/** One function with a body in braces: its first and last line, counted from 1. */
export type Span = { line: number; lines: number }

const control = /(?:^|[^\w$.])(?:if|for|while|switch|catch|with)$/
const notTypes =
  'class interface enum extends implements else try finally do const let return export import'
const notType = new Set(`${notTypes} type static yield`.split(' '))
const openers: Record<string, string> = { ')': '(', ']': '[', '}': '{', '>': '<' }

/** The position of the bracket that the one at `at` closes, or -1. */
function openerOf(code: string, at: number): number {
  const close = code[at]!
  const open = openers[close]
  let depth = 0
  for (let i = at; i >= 0; i--) {
    if (close === '>' && code[i] === '>' && code[i - 1] === '=') i--
    else if (code[i] === close) depth++
    else if (code[i] === open && --depth === 0) return i
  }
  return -1
}

/** Whether the bracket closed at `at` holds the parameters of a function. */
function closesParameters(code: string, at: number): boolean {
  const open = openerOf(code, at)
  return open >= 0 && !control.test(code.slice(Math.max(0, open - 12), open).trimEnd())
}

/** Whether the text before a brace is a return type behind the parameters of a function. */
function endsReturnType(code: string, from: number): boolean {
  let i = from
  while (i >= 0) {
    const char = code[i]!
    if (char === ':') return code.slice(0, i).trimEnd().endsWith(')')
    if (openers[char] !== undefined) i = openerOf(code, i) - 1
    else if (/[\w$]/.test(char)) {
      const word = /[\w$]+$/.exec(code.slice(Math.max(0, i - 40), i + 1))![0]
      if (notType.has(word)) return false
      i -= word.length
    } else if (/[\s.|&'"]/.test(char)) i--
    else return false
  }
  return false
}

function opensFunction(code: string, at: number): boolean {
  const before = code.slice(Math.max(0, at - 2000), at).trimEnd()
  const last = before.length - 1
  if (before.endsWith('=>')) return true
  if (before.endsWith(')')) return closesParameters(before, last)
  return /[\w$\]}>'"]$/.test(before) && endsReturnType(before, last)
}

/** The functions of a masked source, by braces: declarations, methods and arrows with a body. */
export function functionSpans(code: string): Span[] {
  const spans: Span[] = []
  const open: { line: number; counts: boolean }[] = []
  let line = 1
  for (let i = 0; i < code.length; i++) {
    if (code[i] === '\n') line++
    else if (code[i] === '{') {
      open.push({ line, counts: opensFunction(code, i) })
    } else if (code[i] === '}') {
      const start = open.pop()
      if (start?.counts) spans.push({ line: start.line, lines: line - start.line + 1 })
    }
  }
  return spans.sort((a, b) => a.line - b.line)
}
