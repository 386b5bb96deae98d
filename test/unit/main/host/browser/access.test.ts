import { describe, expect, test } from 'vitest'
import { Access, type Asked } from '../../../../../src/main/host/browser/access.ts'

const token = 'a'.repeat(43)
const access = new Access(token)
const port = 4321
const host = `127.0.0.1:${port}`
const cookie = `twinlens-${port}=${token}`
const asked = (headers: Asked['headers'], url = '/', method = 'GET'): Asked => ({
  method,
  url,
  headers,
  port,
})
const http = (headers: Asked['headers'], url?: string, method?: string) =>
  access.refuse(asked(headers, url, method))?.status
const socket = (headers: Asked['headers'], url = '/socket') =>
  access.refuseSocket(asked(headers, url))?.status

describe('the token', () => {
  test('is 256 random bits in the address', () => {
    const [one, other] = [new Access().address(port), new Access().address(port)].map(
      address => new URL(address).searchParams.get('token') as string,
    )
    expect(Buffer.from(one as string, 'base64url')).toHaveLength(32)
    expect(one).not.toBe(other)
  })

  test('is exchanged for a cookie and leaves the address', () => {
    expect(access.refuse(asked({ host }, `/?token=${token}`))).toMatchObject({
      status: 303,
      headers: { Location: '/', 'Set-Cookie': `${cookie}; Path=/; HttpOnly; SameSite=Strict` },
    })
  })

  test.each([
    '',
    'b'.repeat(43),
    'a'.repeat(42),
    'a'.repeat(44),
    'ä'.repeat(43),
    `${token}&token=x`.slice(1),
  ])('that is wrong lets nobody in, with the right cookie either: %s', wrong => {
    expect(http({ host }, `/?token=${wrong}`)).toBe(403)
    expect(http({ host, cookie }, `/?token=${wrong}`)).toBe(403)
  })

  test('counts in the address of the window only', () => {
    expect(http({ host }, `/index.html?token=${token}`)).toBe(403)
    expect(http({ host }, `//elsewhere/?token=${token}`)).toBe(403)
    expect(socket({ host, origin: `http://${host}` }, `/socket?token=${token}`)).toBe(403)
  })
})

describe('the cookie', () => {
  test('lets in, among others too', () => {
    expect(http({ host, cookie })).toBeUndefined()
    expect(http({ host, cookie: `a=b; ${cookie};c=d` }, '/assets/x.js', 'HEAD')).toBeUndefined()
  })

  test.each([
    undefined,
    '',
    `twinlens=${token}`,
    `twinlens-1=${token}`,
    `${cookie}x`,
    cookie.slice(0, -1),
    token,
  ])('is needed, with this name and value: %s', wrong => {
    expect(http({ host, cookie: wrong })).toBe(403)
    expect(socket({ host, origin: `http://${host}`, cookie: wrong })).toBe(403)
  })
})

describe('Host and Origin', () => {
  test.each([host, `localhost:${port}`, `LOCALHOST:${port}`])('may be ours: %s', name => {
    const origin = `http://${name.toLowerCase()}`
    expect(http({ host: name, cookie })).toBeUndefined()
    expect(http({ host: name, origin, cookie })).toBeUndefined()
    expect(socket({ host: name, origin, cookie })).toBeUndefined()
  })

  test('leave out the port that browsers leave out', () => {
    const headers = { host: 'localhost', origin: 'http://localhost', cookie: `twinlens-80=${token}` }
    expect(access.refuse({ method: 'GET', url: '/', headers, port: 80 })).toBeUndefined()
  })

  test.each([
    undefined,
    '',
    '127.0.0.1',
    'localhost',
    '127.0.0.1:4322',
    'evil.example',
    `evil.example:${port}`,
    `localhost.evil.example:${port}`,
    `${host}.evil.example`,
    `[::1]:${port}`,
  ])('are refused, with the token and the cookie too, where Host is %s', name => {
    const headers = { host: name, origin: `http://${name}`, cookie }
    expect(http({ host: name, cookie })).toBe(403)
    expect(http({ host: name }, `/?token=${token}`)).toBe(403)
    expect(socket(headers)).toBe(403)
  })

  test.each([
    'null',
    '',
    'http://evil.example',
    `https://${host}`,
    'http://127.0.0.1',
    'http://127.0.0.1:1',
    `http://localhost:${port}`, // another one than Host
    `http://${host}, http://${host}`,
  ])('are refused, with the token and the cookie too, where Origin is %s', origin => {
    expect(http({ host, origin, cookie })).toBe(403)
    expect(http({ host, origin }, `/?token=${token}`)).toBe(403)
    expect(socket({ host, origin, cookie })).toBe(403)
  })

  test('of a WebSocket are both needed', () => {
    expect(socket({ host, cookie })).toBe(403)
  })
})

test('a WebSocket is only at /socket', () => {
  const headers = { host, origin: `http://${host}`, cookie }
  for (const url of ['/', '/socket/', '/Socket', '//socket', `http://${host}/socket`]) {
    expect(socket(headers, url)).toBe(404)
  }
})

test('nothing but reading is let in', () => {
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'get', undefined]) {
    expect(access.refuse({ method, url: '/', headers: { host, cookie }, port })).toMatchObject({
      status: 405,
      headers: { Allow: 'GET, HEAD' },
    })
  }
})

test('every refusal is a plain sentence that is not kept', () => {
  for (const refusal of [
    access.refuse(asked({})),
    access.refuse(asked({ host })),
    access.refuseSocket(asked({})),
  ]) {
    expect(refusal?.sentence).toMatch(/^[A-Z].*\.$/)
    expect(refusal?.headers).toMatchObject({
      'Cache-Control': 'no-store',
      'Content-Type': 'text/plain; charset=utf-8',
    })
  }
})
