/**
 * Program of a hash worker (CommonJS, run with `eval`, so that it also works where the server is
 * one bundled file). Messages in: ['begin', id, ring, names], ['update', id, offset, length],
 * ['end', id], ['soFar', id], ['drop', id]. Messages out: ['taken', id] once per update,
 * ['digest', id, hex[]], ['soFar', id, hex[]].
 * Updates of one stream are taken in the order in which they were sent.
 */
export const workerSource = `
const { createHash } = require('node:crypto')
const { parentPort } = require('node:worker_threads')
const streams = new Map()
const steps = {
  begin(id, ring, names) {
    streams.set(id, { ring, hashes: names.map((name) => createHash(name)) })
  },
  update(id, offset, length) {
    const stream = streams.get(id)
    if (!stream) return
    const bytes = new Uint8Array(stream.ring, offset, length)
    for (const hash of stream.hashes) hash.update(bytes)
    parentPort.postMessage(['taken', id])
  },
  end(id) {
    const { hashes } = streams.get(id)
    streams.delete(id)
    parentPort.postMessage(['digest', id, hashes.map((hash) => hash.digest('hex'))])
  },
  soFar(id) {
    const stream = streams.get(id)
    if (!stream) return
    parentPort.postMessage(['soFar', id, stream.hashes.map((hash) => hash.copy().digest('hex'))])
  },
  drop(id) {
    streams.delete(id)
  },
}
parentPort.on('message', ([step, ...rest]) => steps[step](...rest))
`
