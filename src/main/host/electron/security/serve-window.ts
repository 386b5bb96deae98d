import { readFile, realpath } from 'node:fs/promises'
import { isAbsolute, join, relative, sep } from 'node:path'
import type { Protocol } from 'electron'
import { isOurs, scheme } from './address.ts'
import { contentType } from './content-types.ts'
import { securityHeaders } from './headers.ts'

/** Must be called before the app is ready. */
export function registerScheme(protocol: Pick<Protocol, 'registerSchemesAsPrivileged'>): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
}

/**
 * Serves the files of one folder under the window's scheme, and nothing else.
 * @param root the built window
 * @param log is told of everything refused
 */
export function serveWindow(
  protocol: Pick<Protocol, 'handle'>,
  root: string,
  log: (text: string) => void,
): void {
  protocol.handle(scheme, async ({ method, url }) => {
    const path = method === 'GET' && isOurs(url) ? pathOf(url) : undefined
    const file = path === undefined ? undefined : await fileInside(root, path)
    const type = file === undefined ? undefined : contentType(file)
    if (file === undefined || type === undefined) {
      log(`The window asked for what it may not have: ${method} ${url.slice(0, 200)}`)
      return new Response('Not found.', {
        status: 404,
        headers: { ...securityHeaders, 'Content-Type': 'text/plain' },
      })
    }
    return new Response(new Uint8Array(await readFile(file)), {
      headers: { ...securityHeaders, 'Content-Type': type },
    })
  })
}

/**
 * The decoded path of an address. Segments of two dots are refused as they came, before an address is parsed, which would
 * resolve them; encoded slashes and backslashes hide such segments from the parser, so they are refused too.
 */
function pathOf(address: string): string | undefined {
  const [asItCame = ''] = address.split(/[?#]/, 1)
  if (/%2f|%5c|%00|\\/i.test(asItCame)) return undefined
  try {
    if (decodeURIComponent(asItCame).split('/').includes('..')) return undefined
    return decodeURIComponent(new URL(address).pathname)
  } catch {
    return undefined // a percent sign that encodes nothing
  }
}

/** Whatever the path says, and wherever links lead: the real file is below the real root, or there is none. */
async function fileInside(root: string, path: string): Promise<string | undefined> {
  try {
    const file = await realpath(join(root, path))
    const below = relative(await realpath(root), file)
    const outside = below === '' || below === '..' || below.startsWith(`..${sep}`) || isAbsolute(below)
    return outside ? undefined : file
  } catch {
    return undefined // there is no such file, or it may not be read
  }
}
