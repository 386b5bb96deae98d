import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Protocol } from 'electron'
import { describe, expect, onTestFinished, test } from 'vitest'
import {
  registerScheme,
  serveWindow,
} from '../../../../../../src/main/host/electron/security/serve-window.ts'
import { fake } from '../../../../../fakes/electron/fake.ts'

/** A built window in a folder with a secret beside it, and what asks for its files. */
function start() {
  const folder = mkdtempSync(join(tmpdir(), 'twinlens scheme '))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const root = join(folder, 'renderer')
  mkdirSync(join(root, 'assets'), { recursive: true })
  mkdirSync(join(folder, 'renderer-secret'))
  writeFileSync(join(root, 'index.html'), '<p>page</p>')
  writeFileSync(join(root, 'assets', 'a b ü.js'), 'code')
  writeFileSync(join(root, '.env'), 'KEY')
  writeFileSync(join(folder, 'secret.js'), 'secret')
  writeFileSync(join(folder, 'renderer-secret', 'secret.js'), 'secret')
  symlinkSync(join(folder, 'secret.js'), join(root, 'link.js'))
  let handler: (request: Request) => Response | Promise<Response> = () => new Response()
  const protocol = fake<Protocol>({
    handle: (_scheme, handle) => {
      handler = handle as typeof handler
    },
  })
  const logged: string[] = []
  serveWindow(protocol, root, text => logged.push(text))
  return { logged, ask: async (url: string, method = 'GET') => handler({ url, method } as Request) }
}

test('the scheme is registered as a secure one with origins, and no right to skip the policy', () => {
  let registered: Electron.CustomScheme[] = []
  registerScheme(
    fake<Protocol>({
      registerSchemesAsPrivileged: schemes => {
        registered = schemes
      },
    }),
  )
  expect(registered).toEqual([
    { scheme: 'twinlens', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
})

describe('the window is given', () => {
  test('its files, under their types and a policy without anything inline or evaluated', async () => {
    const { ask, logged } = start()
    const page = await ask('twinlens://app/index.html?x=1#y')
    expect(await page.text()).toBe('<p>page</p>')
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(page.headers.get('x-content-type-options')).toBe('nosniff')
    const policy = page.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'|https?:|\*/)
    expect(logged).toEqual([])
  })

  test('a file whose name needs encoding', async () => {
    const { ask } = start()
    const script = await ask('twinlens://app/assets/a%20b%20%C3%BC.js')
    expect(await script.text()).toBe('code')
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
  })
})

describe('the window is refused', () => {
  test.each([
    ['two dots', 'twinlens://app/../secret.js'],
    ['two dots further down', 'twinlens://app/assets/../../secret.js'],
    ['encoded dots', 'twinlens://app/%2e%2e/secret.js'],
    ['two dots that lead back to its own', 'twinlens://app/assets/../index.html'],
    ['encoded dots that lead back to its own', 'twinlens://app/assets/%2e%2E/index.html'],
    ['half encoded dots', 'twinlens://app/.%2E/secret.js'],
    ['an encoded slash', 'twinlens://app/..%2fsecret.js'],
    ['a twice encoded way up', 'twinlens://app/%252e%252e%252fsecret.js'],
    ['a backslash', 'twinlens://app/..\\secret.js'],
    ['an encoded backslash', 'twinlens://app/..%5csecret.js'],
    ['a folder whose name begins as the window’s', 'twinlens://app/..%2frenderer-secret/secret.js'],
    ['a link that leads out', 'twinlens://app/link.js'],
    ['an absolute path', 'twinlens://app//etc/passwd'],
    ['a null byte', 'twinlens://app/index.html%00.js'],
    ['a percent sign that encodes nothing', 'twinlens://app/%zz.js'],
    ['a folder', 'twinlens://app/assets'],
    ['the root', 'twinlens://app/'],
    ['a file of another kind', 'twinlens://app/.env'],
    ['a file that is not there', 'twinlens://app/none.js'],
    ['another host', 'twinlens://other/index.html'],
    ['another scheme', 'file:///etc/passwd'],
  ])('%s, which is logged', async (_what, url) => {
    const { ask, logged } = start()
    const answer = await ask(url)
    expect(answer.status).toBe(404)
    expect(await answer.text()).toBe('Not found.')
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(logged).toHaveLength(1)
  })

  test('anything but reading', async () => {
    expect((await start().ask('twinlens://app/index.html', 'POST')).status).toBe(404)
  })
})
