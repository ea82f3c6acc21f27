import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { httpClient, measureRate } from './load.ts'
import { drain, type Measure, pour } from './measures.ts'

const mebibyte = 1024 ** 2

/**
 * nginx with its DAV module, as the row for what this machine can do (it hashes nothing, flushes
 * nothing and knows no rights). Undefined where it is not installed.
 */
export async function measureNginx(
  folder: string,
  port: number,
  bytes: number,
  count: number,
): Promise<Measure[] | undefined> {
  if (spawnSync('nginx', ['-v']).error) return undefined
  const root = join(folder, 'files')
  mkdirSync(join(folder, 'logs'), { recursive: true })
  mkdirSync(root, { recursive: true, mode: 0o777 })
  writeFileSync(join(folder, 'nginx.conf'), configuration(root, port))
  const child = spawn('nginx', ['-p', folder, '-c', 'nginx.conf', '-g', 'daemon off;'], {
    stdio: 'inherit',
  })
  const url = `http://127.0.0.1:${port}`
  try {
    await untilOpen(url)
    return await measure(url, bytes, count)
  } finally {
    child.kill('SIGTERM')
  }
}

async function measure(url: string, bytes: number, count: number): Promise<Measure[]> {
  const client = httpClient(16)
  const small = Buffer.alloc(10 * 1024, 7)
  const up = await timed(() => pour(`${url}/large.bin`, bytes, 'PUT'))
  const down = await timed(() => drain(`${url}/large.bin`))
  const put = await measureRate(count, 8, (i) =>
    client.send({ method: 'PUT', url: `${url}/small-${i}`, body: small }),
  )
  const get = await measureRate(count, 16, (i) =>
    client.send({ method: 'GET', url: `${url}/small-${i}` }),
  )
  client.close()
  const rate = (seconds: number) => bytes / mebibyte / seconds
  return [
    { what: 'nginx: upload of the large file, no hash, no flush', value: rate(up), unit: 'MiB/s' },
    { what: 'nginx: download of the large file', value: rate(down), unit: 'MiB/s' },
    { what: 'nginx: 10 KiB PUT, no flush, 8 at a time', value: put.perSecond, unit: 'files/s' },
    { what: 'nginx: 10 KiB GET, 16 at a time', value: get.perSecond, unit: 'files/s' },
  ]
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return (performance.now() - started) / 1000
}

async function untilOpen(url: string): Promise<void> {
  for (let round = 0; round < 200; round++) {
    const answer = await fetch(url).catch(() => undefined)
    if (answer) return
    await wait(25)
  }
  throw new Error('nginx does not answer')
}

function configuration(root: string, port: number): string {
  return `worker_processes 1;
user root;
pid nginx.pid;
error_log logs/error.log;
events { worker_connections 256; }
http {
  access_log off;
  sendfile on;
  client_max_body_size 0;
  client_body_temp_path ${root}/../body;
  server {
    listen 127.0.0.1:${port};
    root ${root};
    location / { dav_methods PUT DELETE; create_full_put_path on; }
  }
}
`
}
