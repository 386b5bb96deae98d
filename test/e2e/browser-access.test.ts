import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { openBrowserHost } from '../../src/main/host/browser/main.ts'
import { fakeEntry, until } from '../fixtures/engine-process/processes.ts'
import { launchBrowser } from '../support/browser.ts'
import { temporaryFolder } from '../support/files.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

/** A window that breaks its policy in every way, and tells in its title what ran when its WebSocket is open. */
const html = `<!doctype html><title></title>
<script>window.inline = true</script>
<style>body { color: rgb(1, 2, 3) }</style>
<body style="margin: 77px"><img src="x" onerror="window.failed = true">
<script type="module" src="/window.js"></script>`
const script = `
const { color, marginTop } = getComputedStyle(document.body)
let evaluated = true
try { eval('0') } catch { evaluated = false }
const compiled = await WebAssembly.compile(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)).then(() => true)
const { inline = false } = window
const handler = document.querySelector('img').onerror !== null
const socket = new WebSocket(\`ws://\${location.host}/socket\`)
await new Promise(resolve => { socket.onopen = resolve })
const { cookie } = document
document.title = JSON.stringify({ inline, handler, evaluated, compiled, color, marginTop, cookie })
`

/** A page of somebody else, which tries to get at ours and tells in its title what it got. */
const foreignHtml = (ours: string): string => `<!doctype html><title></title><body><script type="module">
const ours = ${JSON.stringify(ours)}
const outcome = begin => new Promise(resolve => begin(() => resolve('got it'), () => resolve('refused')))
const fetched = options => outcome((good, bad) => fetch(ours, { credentials: 'include', ...options }).then(good, bad))
document.title = JSON.stringify({
  socket: await outcome((good, bad) => {
    const socket = new WebSocket(ours.replace('http', 'ws') + '/socket')
    socket.onopen = good
    socket.onerror = bad
  }),
  fetch: await fetched({}),
  blindFetch: await fetched({ mode: 'no-cors' }),
  script: await outcome((good, bad) => {
    const script = document.createElement('script')
    Object.assign(script, { onload: good, onerror: bad, src: ours + '/window.js' })
    document.body.append(script)
  }),
})
const frame = document.createElement('iframe')
frame.src = ours
document.body.append(frame)
</script>`

/** The host with a small window, and a person's browser. */
async function start(): Promise<{ url: string; origin: string; context: BrowserContext }> {
  const folder = await temporaryFolder()
  const root = join(folder, 'renderer')
  await mkdir(root)
  await writeFile(join(root, 'index.html'), html)
  await writeFile(join(root, 'window.js'), script)
  const host = await openBrowserHost({ root, entry: fakeEntry, logFolder: join(folder, 'logs') })
  const context = await browser.newContext()
  onTestFinished(async () => {
    await context.close()
    await host.close()
  })
  return { url: host.url, origin: new URL(host.url).origin, context }
}

/** Opens a page and waits for what it tells. */
async function open(context: BrowserContext, url: string): Promise<{ page: Page; told: unknown }> {
  const page = await context.newPage()
  await page.goto(url)
  await until(async () => (await page.title()) !== '')
  return { page, told: JSON.parse(await page.title()) }
}

describe('a browser with the address', () => {
  test('opens the window, and the token does not stay where it can be seen', async () => {
    const { url, origin, context } = await start()
    const { page, told } = await open(context, url)
    expect(page.url()).toBe(`${origin}/`)
    expect(told).toMatchObject({ cookie: '' })
    const cookies = await context.cookies()
    expect(cookies).toEqual([expect.objectContaining({ httpOnly: true, sameSite: 'Strict', path: '/' })])
  })

  test('opens it again without the token, and by its other name once it was let in there', async () => {
    const { url, origin, context } = await start()
    await open(context, url)
    await open(context, origin)
    await open(context, url.replace('127.0.0.1', 'localhost'))
  })

  test('runs nothing that the window does not bring as a file', async () => {
    const { url, context } = await start()
    expect((await open(context, url)).told).toMatchObject({
      inline: false,
      handler: false,
      evaluated: false,
      compiled: true,
      color: 'rgb(0, 0, 0)',
      marginTop: '8px',
    })
  })
})

test('a browser without the address reads a sentence', async () => {
  const { origin, context } = await start()
  const page = await context.newPage()
  expect((await page.goto(origin))?.status()).toBe(403)
  expect(await page.innerText('body')).toMatch(/^Twinlens does not know this browser yet\./)
})

// To a browser, ports of one host are one site: the cookie goes along, and what is left are Origin and the policies.
test('a page of another server on this machine gets nothing, although the browser was let in', async () => {
  const { url, origin, context } = await start()
  await open(context, url)
  const other = createServer((_, response) => response.end(foreignHtml(origin)))
  other.listen(0, '127.0.0.1')
  await once(other, 'listening')
  onTestFinished(() => void other.close())
  const { page, told } = await open(context, `http://127.0.0.1:${(other.address() as AddressInfo).port}`)
  expect(told).toEqual({ socket: 'refused', fetch: 'refused', blindFetch: 'refused', script: 'refused' })
  await until(() => page.frames().length === 2)
  const framed = page.frames()[1]
  await until(() => !['', 'about:blank'].includes(framed?.url() ?? ''))
  expect(framed?.url()).toBe('chrome-error://chromewebdata/')
})
