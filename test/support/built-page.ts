import { createReadStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { extname, join, normalize } from 'node:path'
import { build } from 'vite'
import { pageHeaders } from '../../src/main/host/page-headers.ts'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
}

export interface BuiltPage {
  readonly url: string
  close(): Promise<void>
}

/** A folder with an index.html, built as the window's page is and served under the same policy. */
export async function serveBuilt(root: string): Promise<BuiltPage> {
  const folder = await mkdtemp(join(tmpdir(), 'twinlens-page-'))
  await build({
    root,
    base: './',
    configFile: false,
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true, assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  })
  const served = await serve(folder, pageHeaders())
  return {
    url: served.url,
    close: async () => {
      await served.close()
      await rm(folder, { recursive: true })
    },
  }
}

/** Files of a folder on a free port of this machine. */
export async function serve(folder: string, headers: Readonly<Record<string, string>>): Promise<BuiltPage> {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const file = join(folder, normalize(pathname === '/' ? '/index.html' : decodeURIComponent(pathname)))
    const found = await stat(file).catch(() => null)
    if (!found?.isFile()) return response.writeHead(404, { 'Content-Length': 0 }).end()
    const type = types[extname(file)] ?? 'application/octet-stream'
    response.writeHead(200, { ...headers, 'Content-Type': type })
    return createReadStream(file).pipe(response)
  })
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return {
    url: `http://127.0.0.1:${port}/`,
    close: async () => {
      server.closeAllConnections()
      await new Promise(resolve => {
        server.close(resolve)
      })
    },
  }
}
