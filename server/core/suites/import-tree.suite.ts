import { hash } from 'node:crypto'
import { fault } from '../fault.ts'
import type { ImportSources, SourceEntry, SourceRef } from '../imports/import-source.ts'

/** A folder of another installation: bytes are files, all else folders. */
export type Tree = { readonly [name: string]: Tree | Uint8Array }

export type ImportTree = ImportSources & {
  root: Tree
  /** Every call, as 'what path', 'open path offset'. */
  readonly calls: string[]
  /** Called before each of them; what it throws is its answer. */
  before: (call: string) => void | Promise<void>
  /** Says something else of an entry than what is true. */
  told: (entry: SourceEntry) => SourceEntry
}

/** Few, so that a folder with some files has pages. */
const pageSize = 3

/** Another installation in memory. Nodes are called by their paths; the root is ''. */
export function importTree(root: Tree): ImportTree {
  const at = (path: string): Tree | Uint8Array => {
    const names = path === '' ? [] : path.split('/')
    let here: Tree | Uint8Array | undefined = tree.root
    for (const name of names) here = isFile(here) ? undefined : here?.[name]
    return here ?? fault('not-found', 'import')
  }
  const entryOf = (path: string): SourceEntry => {
    const here = at(path)
    const bytes = isFile(here) ? here : null
    return tree.told({
      ref: { room: 'r', node: path },
      kind: bytes ? 'file' : 'folder',
      name: path.split('/').at(-1) || 'Root',
      size: bytes?.byteLength ?? null,
      md5: bytes && hash('md5', bytes),
      modifiedAt: 1_600_000_000_000,
    })
  }
  const heard = async (call: string) => {
    tree.calls.push(call)
    await tree.before(call)
  }
  const source = {
    async describe({ node }: SourceRef) {
      await heard(`describe ${node}`)
      return entryOf(node)
    },
    async totals() {
      return { files: null, bytes: null }
    },
    async list({ node }: SourceRef, page: number) {
      await heard(`list ${node} ${page}`)
      const paths = Object.keys(at(node)).map((name) => (node === '' ? name : `${node}/${name}`))
      const shown = paths.slice((page - 1) * pageSize, page * pageSize)
      return { entries: shown.map(entryOf), isLast: shown.length < pageSize }
    },
    async *open({ node }: SourceRef, offset: number, length: number) {
      await heard(`open ${node} ${offset}`)
      const bytes = at(node)
      if (isFile(bytes)) yield bytes.subarray(offset, offset + length)
    },
    close: () => undefined,
  }
  const tree: ImportTree = {
    root,
    calls: [],
    before: () => undefined,
    told: (entry) => entry,
    connect: () => source,
    stop: () => undefined,
  }
  return tree
}

function isFile(here: Tree | Uint8Array | undefined): here is Uint8Array {
  return here instanceof Uint8Array
}
