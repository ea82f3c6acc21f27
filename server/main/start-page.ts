/**
 * What a browser sees at `/`: what this is, and where each API lies. No script, nothing fetched.
 */
export function startPage(publicUrl: string, version: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Strongroom</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>Strongroom</h1>
<p class="lead">A server for an organisation’s files: rooms, folders, files and versions, with fine
permissions and links for strangers. It runs, and speaks these APIs over one and the same tree.</p>
<table>
<thead>
<tr><th scope="col">API</th><th scope="col">Address</th><th scope="col">Try it</th></tr>
</thead>
<tbody>
${rows.map(({ name, path, probe }) => row(publicUrl, name, path, probe)).join('\n')}
</tbody>
</table>
<h2>For operators</h2>
<ul>
<li><a href="/health/live">/health/live</a> and <a href="/health/ready">/health/ready</a> answer a
load balancer.</li>
<li><a href="/metrics">/metrics</a> speaks Prometheus (on this machine’s loopback address).</li>
<li>The first administrator’s login and password were printed once, at the first start.</li>
</ul>
<footer>Strongroom ${escapeHtml(version)}</footer>
</main>
</body>
</html>
`
}

const rows = [
  { name: 'DRACOON', path: '/api/v4', probe: '/api/v4/public/software/version' },
  { name: 'Cloudike', path: '/api/1', probe: '/api/1/accounts/get/' },
  { name: 'Drumee', path: '/-/svc', probe: '/-/svc/yp.get_env' },
]

function row(publicUrl: string, name: string, path: string, probe: string): string {
  return (
    `<tr><th scope="row">${name}</th><td><code>${escapeHtml(publicUrl + path)}</code></td>` +
    `<td><a href="${probe}">${probe}</a></td></tr>`
  )
}

/** Text for HTML content and quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

const style = `
:root{color-scheme:light dark;
--ink:#1b2733;--soft:#5a6b7b;--paper:#f6f7f9;--line:#d5dce3;--key:#0b5fa5}
@media(prefers-color-scheme:dark){:root{--ink:#e8edf2;--soft:#9fb0c0;--paper:#12181f;--line:#2b3743;
--key:#7fbdf0}}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.55 system-ui,sans-serif}
main{max-width:46rem;margin:0 auto;padding:3.5rem 1.25rem}
h1{font-size:2.1rem;margin:0 0 .5rem}h2{font-size:1.15rem;margin:2.5rem 0 .5rem}
.lead{color:var(--soft);font-size:1.1rem;margin:0 0 2rem}
table{border-collapse:collapse;width:100%;display:block;overflow-x:auto}
th,td{text-align:left;padding:.55rem .9rem .55rem 0;border-bottom:1px solid var(--line)}
a{color:var(--key)}a:focus-visible{outline:3px solid var(--key);outline-offset:2px}
footer{margin-top:3rem;color:var(--soft);font-size:.9rem}`
