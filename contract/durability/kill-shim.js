// Preloaded into a server (`node --import`), in each of its threads. Numbers every boundary of
// durability that the server passes while it is armed and kills the process at one of them. Told by
// messages of the parent process; the server's own code knows nothing of it.
import fs from 'node:fs'
import http from 'node:http'
import { syncBuiltinESMExports } from 'node:module'
import net from 'node:net'
import { DatabaseSync, StatementSync } from 'node:sqlite'
import { Duplex } from 'node:stream'
import { getEnvironmentData, isMainThread, setEnvironmentData } from 'node:worker_threads'
import { labels } from './kill-labels.js'

/** @typedef {(this: unknown, ...given: unknown[]) => unknown} Method */

const longest = 8192
const at = { armed: 0, count: 1, target: 2, first: 3 }

/** Shared by all threads: whether armed, points passed, the point to die at, and what each was. */
const state = isMainThread
  ? new Int32Array(new SharedArrayBuffer(4 * (at.first + longest)))
  : new Int32Array(/** @type {SharedArrayBuffer} */ (getEnvironmentData('strongroom-kill')))
if (isMainThread) {
  setEnvironmentData('strongroom-kill', /** @type {SharedArrayBuffer} */ (state.buffer))
}

/**
 * One moment at which the process may die.
 * @param {string} label
 * @param {'before' | 'after'} side
 */
function point(label, side) {
  if (Atomics.load(state, at.armed) === 0) return
  const number = Atomics.add(state, at.count, 1) + 1
  const code = labels.indexOf(label) * 2 + (side === 'after' ? 1 : 0)
  if (number < longest) Atomics.store(state, at.first + number, code)
  if (number === Atomics.load(state, at.target)) process.kill(process.pid, 'SIGKILL')
}

/**
 * @param {object} target
 * @param {string} name
 * @param {(original: Method) => Method} wrap
 */
function patch(target, name, wrap) {
  const original = Reflect.get(target, name)
  if (typeof original !== 'function') throw new Error(`nothing to watch: ${name}`)
  Reflect.set(target, name, wrap(original))
}

/** @type {(label: string) => (original: Method) => Method} */
const promised = (label) => (original) =>
  async function (...given) {
    point(label, 'before')
    const result = await Reflect.apply(original, this, given)
    point(label, 'after')
    return result
  }

/** @type {(label: string) => (original: Method) => Method} */
const direct = (label) => (original) =>
  function (...given) {
    point(label, 'before')
    const result = Reflect.apply(original, this, given)
    point(label, 'after')
    return result
  }

/** @type {(label: string) => (original: Method) => Method} */
const calledBack = (label) => (original) =>
  function (...given) {
    const done = /** @type {Method} */ (given.pop())
    point(label, 'before')
    /** @type {Method} */
    const told = (...results) => {
      point(label, 'after')
      return done(...results)
    }
    return Reflect.apply(original, this, [...given, told])
  }

async function watchFiles() {
  for (const name of ['rename', 'mkdir', 'link', 'writeFile', 'truncate']) {
    patch(fs.promises, name, promised(name))
  }
  for (const name of ['rm', 'unlink']) patch(fs.promises, name, promised('remove'))
  const handle = await fs.promises.open(import.meta.filename)
  const prototype = Object.getPrototypeOf(handle)
  await handle.close()
  for (const name of ['write', 'writev']) patch(prototype, name, promised('write'))
  patch(prototype, 'datasync', promised('flush'))
  patch(prototype, 'sync', promised('flush-folder'))
  for (const name of ['fdatasync', 'fsync']) {
    patch(fs, name, calledBack('flush'))
    patch(fs, `${name}Sync`, direct('flush'))
  }
  for (const name of ['rename', 'mkdir', 'link']) patch(fs, `${name}Sync`, direct(name))
  for (const name of ['rmSync', 'unlinkSync']) patch(fs, name, direct('remove'))
  syncBuiltinESMExports()
}

const changing =
  /^\s*(begin|commit|rollback|savepoint|release|insert|update|delete|create|alter|drop)\b/i

/**
 * The kind of a statement that writes or decides; undefined for one that reads.
 * @param {string} sql
 */
function statementLabel(sql) {
  const [, word] = changing.exec(sql) ?? []
  if (word) return word.toLowerCase()
  if (/^\s*with\b/i.test(sql)) return /\b(insert|update|delete)\b/i.exec(sql)?.[1]?.toLowerCase()
  return /wal_checkpoint\((?!noop)/i.test(sql) ? 'checkpoint' : undefined
}

/** @type {(sqlOf: (self: unknown, given: unknown[]) => unknown) => (original: Method) => Method} */
const statement = (sqlOf) => (original) =>
  function (...given) {
    const label = statementLabel(String(sqlOf(this, given)))
    if (label) point(label, 'before')
    const result = Reflect.apply(original, this, given)
    if (label) point(label, 'after')
    return result
  }

function watchSqlite() {
  patch(
    DatabaseSync.prototype,
    'exec',
    statement((_self, [sql]) => sql),
  )
  for (const name of ['run', 'all', 'get']) {
    patch(
      StatementSync.prototype,
      name,
      statement((self) => /** @type {StatementSync} */ (self).sourceSQL),
    )
  }
}

/**
 * Statements that a frontend message of PostgreSQL's protocol carries: plain, to be parsed, or
 * parsed before and known by name.
 * @param {Buffer} bytes
 * @param {Map<string, string>} named
 */
function* statementsIn(bytes, named) {
  for (let from = 0; from + 5 <= bytes.length; ) {
    const type = String.fromCharCode(bytes[from] ?? 0)
    const length = bytes.readUInt32BE(from + 1)
    const [first = '', second = ''] = bytes
      .toString('latin1', from + 5, from + 1 + length)
      .split('\0')
    if (type === 'Q') yield first
    if (type === 'P') named.set(first, second)
    if (type === 'B') yield named.get(second) ?? ''
    from += 1 + length
  }
}

/** @type {(self: unknown) => net.Socket} */
const socketOf = (self) => /** @type {net.Socket} */ (self)

/** Watches what goes to and comes from the database server at this port. @param {number} port */
function watchPostgres(port) {
  /** @type {WeakMap<object, Map<string, string>>} */
  const names = new WeakMap()
  /** @type {WeakMap<object, string | undefined>} */
  const awaited = new WeakMap()
  /** @type {(original: Method) => Method} */
  const sent = (original) =>
    function (...given) {
      const socket = socketOf(this)
      if (socket.remotePort !== port) return Reflect.apply(original, this, given)
      const named = names.get(socket) ?? new Map()
      names.set(socket, named)
      const sqls = [...statementsIn(bytesOf(given[1]), named)]
      const label = sqls.map(statementLabel).find((found) => found !== undefined)
      awaited.set(socket, label)
      if (label) point(label, 'before')
      return Reflect.apply(original, this, given)
    }
  /** @type {() => Method} */
  const received = () =>
    function (...given) {
      const label = awaited.get(socketOf(this))
      if (label) point(label, 'after')
      return Reflect.apply(Duplex.prototype.push, this, given)
    }
  patch(net.Socket.prototype, '_writeGeneric', sent)
  patch(net.Socket.prototype, 'push', received)
}

/** The bytes of one write, or of several at once. @param {unknown} data */
function bytesOf(data) {
  const chunks = Array.isArray(data) ? data.map((entry) => entry?.chunk ?? entry) : [data]
  return Buffer.concat(chunks.map((chunk) => Buffer.from(chunk)))
}

function obey() {
  process.on('message', (/** @type {{ arm?: number }} */ { arm }) => {
    const count = Atomics.exchange(state, at.armed, 0) && Atomics.load(state, at.count)
    if (arm !== undefined) {
      Atomics.store(state, at.count, 0)
      Atomics.store(state, at.target, arm)
      Atomics.store(state, at.armed, 1)
    }
    process.send?.({ passed: [...state.slice(at.first + 1, at.first + 1 + count)] })
  })
  // Nobody is left to serve.
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
}

await watchFiles()
watchSqlite()
if (process.env.STRONGROOM_KILL_PORT) watchPostgres(Number(process.env.STRONGROOM_KILL_PORT))
patch(http.ServerResponse.prototype, 'end', direct('answer'))
if (isMainThread) obey()
