import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { WebSocket } from 'ws'
import { Access } from '../../../../../src/main/host/browser/access.ts'
import { startServer } from '../../../../../src/main/host/browser/server.ts'
import { maxFrameBytes } from '../../../../../src/shared/rpc/frame.ts'
import { type Answer, ask, enter, openSocket, sendRaw } from '../../../../fixtures/engine-process/requests.ts'
import { temporaryFolder } from '../../../../support/files.ts'

/** A server of a small window, with a secret beside its folder, and a browser that was let in. */
async function start() {
  const folder = await temporaryFolder()
  const root = join(folder, 'renderer')
  await mkdir(join(root, 'assets'), { recursive: true })
  await writeFile(join(folder, 'secret.txt'), 'secret')
  await writeFile(join(root, 'index.html'), '<title>window</title>')
  await writeFile(join(root, '.hidden'), 'secret')
  await writeFile(join(root, 'assets', 'a.js'), 'export {}')
  const access = new Access()
  const windows: WebSocket[] = []
  const server = await startServer({ root, port: 0, access, onWindow: socket => windows.push(socket) })
  onTestFinished(() => server.close())
  const { port } = server
  const cookie = await enter(access.address(port))
  const headers = { Origin: `http://127.0.0.1:${port}`, Cookie: cookie }
  return { server, port, cookie, headers, windows }
}

function expectSecured({ headers }: Answer, port: number): void {
  const policy = headers.get('content-security-policy')
  expect(policy).toContain("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self';")
  expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:${port} ws://localhost:${port};`)
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).not.toContain('unsafe-inline')
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('referrer-policy')).toBe('no-referrer')
  expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
  expect(headers.get('cross-origin-embedder-policy')).toBe('require-corp')
  expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
}

describe('a browser that was let in', () => {
  test('gets the window and its files, and no others', async () => {
    const { port, cookie } = await start()
    expect(await ask(port, { cookie })).toMatchObject({
      status: 200,
      body: expect.stringContaining('window'),
    })
    const script = await ask(port, { cookie, path: '/assets/a.js' })
    expect(script.status).toBe(200)
    expect(script.headers.get('content-type')).toMatch(/^(text|application)\/javascript/)
    expect(await ask(port, { cookie, method: 'HEAD' })).toMatchObject({ status: 200, body: '' })
    for (const path of ['/assets', '/assets/', '/nothing', '/socket', '/.hidden']) {
      const answer = await ask(port, { cookie, path })
      expect(answer.status, path).toBeGreaterThanOrEqual(403)
      expect(answer.status, path).toBeLessThanOrEqual(404)
      expect(answer.body, path).toMatch(/^[A-Z][^\n]*\.\n$/)
    }
  })

  test.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e%2fsecret.txt',
    '/assets/%2e%2e/%2e%2e/secret.txt',
    '/%252e%252e%252fsecret.txt',
    '/..%5csecret.txt',
    '/..\\secret.txt',
    '/..;/secret.txt',
    '/%c0%ae%c0%ae/secret.txt',
    '/assets/..%00/secret.txt',
    '//secret.txt',
    '/%zz',
    'http://127.0.0.1/secret.txt',
  ])('does not get out of its folder: %s', async path => {
    const { port, cookie } = await start()
    const answer = await ask(port, { cookie, path })
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.status).toBeLessThan(500)
    expect(answer.body).not.toContain('secret')
    expectSecured(answer, port)
  })
})

test('every answer carries the policy, refusals and errors too', async () => {
  const { port, cookie } = await start()
  const answers = {
    window: await ask(port, { cookie }),
    file: await ask(port, { cookie, path: '/assets/a.js' }),
    missing: await ask(port, { cookie, path: '/nothing' }),
    unreadable: await ask(port, { cookie, path: '/%zz' }),
    stranger: await ask(port),
    wrongToken: await ask(port, { path: '/?token=wrong' }),
    foreignHost: await ask(port, { cookie, host: 'evil.example' }),
    foreignOrigin: await ask(port, { cookie, origin: 'http://evil.example' }),
    writing: await ask(port, { cookie, method: 'POST' }),
    expecting: await ask(port, { cookie, more: ['Expect: the unexpected'] }),
    partial: await ask(port, { cookie, path: '/assets/a.js', more: ['Range: bytes=100-'] }),
    hostless: await sendRaw(port, 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n'),
    noHttp: await sendRaw(port, 'nonsense\r\n\r\n'),
    strangeSocket: await ask(port, { path: '/socket', more: ['Connection: Upgrade', 'Upgrade: websocket'] }),
    brokenSocket: await ask(port, {
      path: '/socket',
      cookie,
      origin: `http://127.0.0.1:${port}`,
      more: ['Connection: Upgrade', 'Upgrade: websocket'],
    }),
  }
  const statuses = Object.entries(answers).map(([name, { status }]) => [name, status])
  expect(Object.fromEntries(statuses)).toEqual({
    window: 200,
    file: 200,
    missing: 404,
    unreadable: 400,
    stranger: 403,
    wrongToken: 403,
    foreignHost: 403,
    foreignOrigin: 403,
    writing: 405,
    expecting: 200,
    partial: 416,
    hostless: 403,
    noHttp: 400,
    strangeSocket: 403,
    brokenSocket: 400,
  })
  for (const answer of Object.values(answers)) expectSecured(answer, port)
})

describe('a WebSocket', () => {
  test('opens with the cookie and our origin', async () => {
    const { port, headers, windows } = await start()
    expect(await openSocket(port, { headers })).toBeInstanceOf(WebSocket)
    expect(windows).toHaveLength(1)
  })

  test('is refused without the cookie, the origin, our Host, or elsewhere', async () => {
    const { port, headers, windows } = await start()
    const { Origin, Cookie } = headers
    const token = Cookie.split('=')[1] as string
    const wrong = [
      { headers: { Origin } },
      { headers: { Origin, Cookie: `${Cookie}x` } },
      { headers: { Cookie } },
      { headers: { Cookie, Origin: 'http://evil.example' } },
      { headers: { Cookie, Origin: 'null' } },
      { headers: { ...headers, Host: 'evil.example' } },
      { headers: { Cookie, Origin: 'http://evil.example', Host: 'evil.example' } },
    ]
    for (const options of wrong) expect(await openSocket(port, options)).toBe(403)
    expect(await openSocket(port, { headers: { Origin } }, `/socket?token=${token}`)).toBe(403)
    expect(await openSocket(port, { headers }, '/')).toBe(404)
    expect(windows).toEqual([])
  })

  test('takes no frame larger than the protocol has', async () => {
    const { port, headers, windows } = await start()
    const socket = (await openSocket(port, { headers })) as WebSocket
    const refused = once(windows[0] as WebSocket, 'error')
    const closed = once(socket, 'close')
    socket.on('error', () => undefined)
    socket.send(new Uint8Array(maxFrameBytes + 1))
    expect((await refused)[0]).toMatchObject({ code: 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH' })
    await closed
  })
})

test('nobody reaches it from another machine', async ({ skip }) => {
  const { port } = await start()
  const addresses = Object.values(networkInterfaces())
    .flatMap(list => list ?? [])
    .filter(({ internal, scopeid }) => !internal && !scopeid)
    .map(({ address }) => address)
  // The second loopback address is no other machine's, but the server does not listen on it either.
  if (process.platform === 'linux') addresses.push('127.0.0.2')
  if (addresses.length === 0) skip('This machine has no other address.')
  for (const address of addresses) {
    const socket = connect(port, address)
    await expect(once(socket, 'connect'), address).rejects.toThrow(/ECONNREFUSED|EHOSTUNREACH|ENETUNREACH/)
  }
})

test('closing says goodbye to windows that listen, cuts off the others, and frees the port', async () => {
  const { server, port, headers } = await start()
  const polite = (await openSocket(port, { headers })) as WebSocket
  const deaf = (await openSocket(port, { headers })) as WebSocket
  deaf.pause()
  const goodbye = once(polite, 'close')
  await server.close()
  const [code, reason] = await goodbye
  expect([code, String(reason)]).toEqual([1001, 'Twinlens was closed.'])
  await expect(ask(port)).rejects.toThrow('ECONNREFUSED')
  deaf.terminate()
})
