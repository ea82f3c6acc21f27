import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { build, type Plugin } from 'esbuild'
import { fingerprint } from '../bin/fingerprint.js'

/** Packages that hold native code or are not there; Node finds them at run time. */
const external = ['@node-rs/argon2', 'pg-native', 'sharp']
const keptBuilds = 5

/** Packages in the bundle that are CommonJS call `require` for what Node holds. */
const banner =
  "import{createRequire as nodeRequire}from'node:module';" +
  'const require=nodeRequire(import.meta.url);'

/** The name in the bundle of a program that runs beside the main one: a worker. */
const workerName = (root: string, file: string): string =>
  relative(join(root, 'server'), file).replace(/\.ts$/, '').replaceAll('/', '--')

/**
 * Makes `new URL('./x', import.meta.url)` right for a bundle: a .ts file (a worker) becomes an
 * entry of its own, any other file keeps its place among the sources.
 */
function addresses(root: string, outdir: string, workers: Set<string>): Plugin {
  const address = /new URL\(\s*'(\.[^']+)',\s*import\.meta\.url\s*\)/g
  return {
    name: 'addresses',
    setup(plugins) {
      plugins.onLoad({ filter: /[/\\]server[/\\].*\.ts$/ }, ({ path }) => {
        const text = readFileSync(path, 'utf8')
        if (/import\.meta\.(?:dirname|filename|main)\b/.test(text)) {
          const hint = "a bundle has another place; use new URL('./x', import.meta.url)"
          return { errors: [{ text: hint, location: { file: path } }] }
        }
        const contents = text.replace(address, (_, target: string) => {
          const file = resolve(dirname(path), target)
          if (file.endsWith('.ts')) workers.add(file)
          const place = file.endsWith('.ts')
            ? `./${workerName(root, file)}.js`
            : relative(outdir, file)
          return `new URL('${place}', import.meta.url)`
        })
        return { contents, loader: 'ts' }
      })
    },
  }
}

/**
 * Takes `node:http` as the object that Node has. An import of it makes a module of all its members,
 * and one of them loads Node's own HTTP client, which a start need not wait for.
 */
const plainHttp: Plugin = {
  name: 'plain-http',
  setup(plugins) {
    plugins.onResolve({ filter: /^(?:node:)?https?$/ }, ({ path, kind }) =>
      kind === 'import-statement' ? { path, namespace: 'plain-http' } : undefined,
    )
    plugins.onLoad({ filter: /.*/, namespace: 'plain-http' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule('${path}')`,
      loader: 'js',
    }))
  },
}

async function bundle(root: string, outdir: string, workers: Set<string>): Promise<void> {
  const entries = [...workers].map((file) => [workerName(root, file), file])
  await build({
    absWorkingDir: root,
    entryPoints: { cli: join(root, 'server/main/cli.ts'), ...Object.fromEntries(entries) },
    outdir,
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    external,
    banner: { js: banner },
    sourcemap: true,
    sourcesContent: false,
    legalComments: 'none',
    // Names stay, and source maps tell the places; less text is read and checked at each start.
    minifyWhitespace: true,
    minifySyntax: true,
    logLevel: 'error',
    plugins: [addresses(root, outdir, workers), plainHttp],
  })
}

/** Removes old builds; a running server may still load parts of a recent one. */
function sweep(dist: string): void {
  const builds = readdirSync(dist)
    .filter((name) => /^[0-9a-f]{16}$/.test(name))
    .map((name) => ({ name, made: statSync(join(dist, name)).mtimeMs }))
    .sort((a, b) => b.made - a.made)
  for (const { name } of builds.slice(keptBuilds)) {
    rmSync(join(dist, name), { recursive: true, force: true })
  }
}

/**
 * Bundles the server below `root` into `dist/<fingerprint of the sources>/`, unless it is there,
 * and returns that folder. Several processes may build at once: the first to finish gives the name.
 */
export async function buildServer(root: string): Promise<string> {
  const dist = join(root, 'dist')
  const target = join(dist, fingerprint(root))
  if (existsSync(join(target, 'cli.js'))) return target
  const draft = join(dist, `draft-${process.pid}`)
  mkdirSync(dist, { recursive: true })
  try {
    const workers = new Set<string>()
    let known = -1
    while (workers.size > known) {
      known = workers.size
      await bundle(root, draft, workers)
    }
    renameSync(draft, target)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    if (!existsSync(join(target, 'cli.js'))) throw error
  }
  sweep(dist)
  return target
}

if (process.argv[1] === import.meta.filename) {
  process.stdout.write(`${await buildServer(resolve(import.meta.dirname, '..'))}\n`)
}
