import type { App, Session, Shell, WebContents, WindowOpenHandlerResponse } from 'electron'
import { describe, expect, test } from 'vitest'
import {
  openExternal,
  paperAddress,
} from '../../../../../../src/main/host/electron/security/external-links.ts'
import { denyNavigation } from '../../../../../../src/main/host/electron/security/navigation.ts'
import { denyPermissions } from '../../../../../../src/main/host/electron/security/permissions.ts'
import { fake, preventable } from '../../../../../fakes/electron/fake.ts'

describe('addresses for the person’s browser', () => {
  const open = async (address: string) => {
    const opened: string[] = []
    const logged: string[] = []
    const shell = fake<Shell>({ openExternal: async given => void opened.push(given) })
    const allowed = await openExternal(shell, address, text => logged.push(text))
    return { allowed, opened, logged }
  }

  test('the paper is opened', async () => {
    expect(await open(paperAddress)).toEqual({ allowed: true, opened: [paperAddress], logged: [] })
  })

  test.each([
    'http://doi.org/10.1109/CVPR.2006.100',
    'https://example.org/',
    'https://doi.org.example.org/',
    'https://doi.org@example.org/',
    'https://doi.org:8443/',
    'https://someone@doi.org/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'smb://doi.org/share',
    'twinlens://app/index.html',
    'no address',
    '',
  ])('%s is not, and that is logged', async address => {
    const { allowed, opened, logged } = await open(address)
    expect({ allowed, opened }).toEqual({ allowed: false, opened: [] })
    expect(logged).toHaveLength(1)
  })
})

describe('a page', () => {
  const start = () => {
    const app = fake<App>()
    const addresses: string[] = []
    denyNavigation(app, address => addresses.push(address))
    type Answer = (details: { url: string }) => WindowOpenHandlerResponse
    let answer: Answer = () => ({ action: 'allow' })
    const contents = fake<WebContents>({
      setWindowOpenHandler: given => {
        answer = given as Answer
      },
    })
    app.emit('web-contents-created', {}, contents)
    return { contents, addresses, open: (url: string) => answer({ url }) }
  }

  test.each(['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'])(
    'goes nowhere: %s is prevented',
    name => {
      const { contents } = start()
      const { event, prevented } = preventable()
      contents.emit(name, event)
      expect(prevented()).toBe(true)
    },
  )

  test('opens no window; what it wanted goes through the list of addresses', () => {
    const { open, addresses } = start()
    expect(open('https://example.org/')).toEqual({ action: 'deny' })
    expect(addresses).toEqual(['https://example.org/'])
  })

  test('has no permission, asked for or checked', () => {
    let request: Parameters<Session['setPermissionRequestHandler']>[0] = null
    let check: Parameters<Session['setPermissionCheckHandler']>[0] = null
    let device: Parameters<Session['setDevicePermissionHandler']>[0] = null
    denyPermissions(
      fake<Session>({
        setPermissionRequestHandler: given => {
          request = given
        },
        setPermissionCheckHandler: given => {
          check = given
        },
        setDevicePermissionHandler: given => {
          device = given
        },
      }),
    )
    const answers: boolean[] = []
    const ask = request as unknown as (...given: unknown[]) => void
    for (const permission of ['media', 'geolocation', 'notifications', 'clipboard-read', 'fileSystem']) {
      ask({}, permission, (granted: boolean) => answers.push(granted), {})
      answers.push(
        (check as unknown as (...given: unknown[]) => boolean)({}, permission, 'twinlens://app', {}),
      )
    }
    answers.push((device as unknown as (...given: unknown[]) => boolean)({}))
    expect(answers).toEqual(Array(11).fill(false))
  })
})
