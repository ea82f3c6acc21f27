/**
 * Sends chosen files, one after the other: announced to the page's own server, then chunks with the
 * bytes that are there already and the end through the public API of upload shares. What breaks off
 * goes on where it was.
 */
const form = document.querySelector('form.upload')
if (form) start(form)

const chunkBytes = 8 * 1024 * 1024
const pauses = [1000, 2000, 4000, 8000, 16000]

function start(form) {
  const { key, start: address, in: folder, texts } = form.dataset
  const page = {
    base: `/api/v4/public/shares/uploads/${encodeURIComponent(key)}`,
    start: address,
    folder,
    texts: JSON.parse(texts),
    list: form.querySelector('.queue'),
    said: form.querySelector('[role=status]'),
    queue: [],
    isBusy: false,
  }
  const input = form.querySelector('input[type=file]')
  const drop = form.querySelector('.drop')
  form.hidden = false
  form.addEventListener('submit', (event) => event.preventDefault())
  input.addEventListener('change', () => {
    add(page, input.files)
    input.value = ''
  })
  for (const type of ['dragenter', 'dragover']) {
    drop.addEventListener(type, (event) => {
      event.preventDefault()
      drop.classList.add('over')
    })
  }
  for (const type of ['dragleave', 'drop']) {
    drop.addEventListener(type, () => drop.classList.remove('over'))
  }
  drop.addEventListener('drop', (event) => {
    event.preventDefault()
    add(page, event.dataTransfer.files)
  })
  addEventListener('beforeunload', (event) => {
    if (page.isBusy) event.preventDefault()
  })
}

function add(page, files) {
  for (const file of files) {
    const item = { file, uploadId: undefined, sent: 0, row: rowFor(page, file) }
    item.row.retry.addEventListener('click', () => {
      item.row.progress.focus()
      enqueue(page, item)
    })
    item.row.remove.addEventListener('click', () => {
      item.row.root.remove()
      document.getElementById('files').focus()
    })
    page.list.append(item.row.root)
    enqueue(page, item)
  }
}

function enqueue(page, item) {
  tell(page, item, 'waiting')
  page.queue.push(item)
  if (!page.isBusy) work(page)
}

async function work(page) {
  page.isBusy = true
  for (let item = page.queue.shift(); item; item = page.queue.shift()) {
    try {
      tell(page, item, 'sending')
      await send(page, item)
      tell(page, item, 'done')
      say(page, page.texts.saidDone, item)
    } catch (error) {
      const reason = page.texts.reasons[error.reason ?? 'other']
      tell(page, item, 'stopped', reason)
      say(page, page.texts.saidFailed, item, reason)
    }
  }
  page.isBusy = false
  await renew()
}

/** Shows what came in where the page lists it, without leaving the page. */
async function renew() {
  const listing = document.getElementById('listing')
  if (!listing) return
  try {
    const answer = await fetch(location.href)
    const there = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const renewed = there.getElementById('listing')
    if (!answer.ok || !renewed) return
    const at = listing.contains(document.activeElement) ? document.activeElement.outerHTML : ''
    const shown = document.importNode(renewed, true)
    listing.replaceWith(shown)
    document.getElementById('left').textContent = there.getElementById('left')?.textContent ?? ''
    const same = [...shown.querySelectorAll('a, button')].find((one) => one.outerHTML === at)
    same?.focus()
  } catch {
    // The list is older than it could be; the files above say themselves what became of them.
  }
}

async function send(page, item) {
  const { file } = item
  if (item.uploadId === undefined) {
    const { name, size, lastModified: modified } = file
    const body = new URLSearchParams({ name, size, modified, in: page.folder })
    const made = await persist(page, item, () => call('POST', page.start, body))
    item.uploadId = made.uploadId
    item.sent = 0
  }
  const address = `${page.base}/${encodeURIComponent(item.uploadId)}`
  while (item.sent < file.size) {
    const end = Math.min(file.size, item.sent + chunkBytes)
    const range = `bytes ${item.sent}-${end - 1}/${file.size}`
    const bytes = file.slice(item.sent, end, 'application/octet-stream')
    const progress = (loaded) => show(item, item.sent + loaded)
    await persist(page, item, () => call('POST', address, bytes, { range, progress }))
    item.sent = end
    show(item, item.sent)
  }
  await persist(page, item, () => call('PUT', address, '{}'))
}

/** Tries again what the connection or a busy server broke; other refusals stay. */
async function persist(page, item, attempt) {
  for (let round = 0; ; round++) {
    try {
      const result = await attempt()
      tell(page, item, 'sending')
      return result
    } catch (error) {
      if (!error.isPassing || round >= pauses.length) {
        if (!error.isPassing) item.uploadId = undefined
        throw error
      }
      tell(page, item, 'retrying')
      await new Promise((resolve) => setTimeout(resolve, pauses[round]))
    }
  }
}

/** One request; its progress is told while it goes out. */
function call(method, address, body, { range, progress } = {}) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(method, address)
    request.timeout = 600_000
    if (!(body instanceof URLSearchParams)) {
      const type = typeof body === 'string' ? 'application/json' : 'application/octet-stream'
      request.setRequestHeader('Content-Type', type)
    }
    request.setRequestHeader('Accept', 'application/json')
    if (range) request.setRequestHeader('Content-Range', range)
    if (progress) request.upload.addEventListener('progress', ({ loaded }) => progress(loaded))
    for (const end of ['error', 'timeout', 'abort']) {
      request.addEventListener(end, () => reject({ reason: 'offline', isPassing: true }))
    }
    request.addEventListener('load', () => {
      const answer = parsed(request.responseText)
      if (request.status >= 200 && request.status < 300) resolve(answer)
      else reject(refusal(request.status, answer))
    })
    request.send(body)
  })
}

function parsed(text) {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}

function refusal(status, { reason, errorCode: code }) {
  if (status === 429 || status === 502 || status === 503 || status === 504) {
    return { reason: 'offline', isPassing: true }
  }
  if (reason) return { reason }
  if (code === -50506) return { reason: 'slots' }
  if (code === -50504) return { reason: 'bytes' }
  if (code === -40755) return { reason: 'name' }
  if (code === -50501) return { reason: 'ended' }
  if (status === 401) return { reason: 'password' }
  return { reason: status === 507 ? 'quota' : 'other' }
}

function rowFor({ texts }, file) {
  const root = document.createElement('li')
  const name = element('span', 'name', file.name)
  const acts = element('span', 'acts')
  const retry = element('button', 'small', texts.retry)
  const remove = element('button', 'small', texts.remove)
  const state = element('span', 'state')
  const progress = document.createElement('progress')
  progress.max = Math.max(1, file.size)
  progress.value = 0
  progress.tabIndex = -1
  progress.setAttribute('aria-label', filled(texts.progressOf, { name: file.name }))
  retry.type = 'button'
  remove.type = 'button'
  for (const button of [retry, remove]) {
    button.setAttribute('aria-label', `${button.textContent}: ${file.name}`)
  }
  acts.append(retry, remove)
  root.append(name, acts, progress, state)
  return { root, retry, remove, state, progress }
}

function element(tag, name, text = '') {
  const made = document.createElement(tag)
  made.className = name
  made.textContent = text
  return made
}

function tell({ texts }, { row, file }, state, reason = '') {
  row.root.className = state
  row.state.textContent = reason === '' ? texts[state] : `${texts[state]}: ${reason}`
  row.retry.hidden = state !== 'stopped'
  row.remove.hidden = state !== 'stopped'
  if (state === 'done') row.progress.value = Math.max(1, file.size)
}

function show({ row }, bytes) {
  row.progress.value = bytes
}

function say(page, text, { file }, reason = '') {
  page.said.textContent = filled(text, { name: file.name, reason })
}

function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (_all, name) => values[name] ?? '')
}
