import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { build, type Plugin } from 'vite'
import { pageHeaders } from '../../src/main/host/page-headers.ts'
import { type BuiltPage, serve } from '../../test/support/built-page.ts'

const root = join(import.meta.dirname, 'pages')

/** Finds a peer's packages in its folder of the cache. */
const peersIn = (folder: string): Plugin => ({
  name: 'peers',
  enforce: 'pre',
  async resolveId(source, importer) {
    if (!/^[@a-z]/.test(source) || importer === undefined || importer.includes('node_modules')) return null
    return this.resolve(source, join(folder, 'index.js'), { skipSelf: true })
  },
})

/**
 * One page of the bench, built and served. Ours under the window's own policy, a peer's under none: it may compile code.
 * @param peer where its packages lie @param scratch a folder for what is built
 */
export async function servePage(name: string, peer: string | null, scratch: string): Promise<BuiltPage> {
  const outDir = await mkdtemp(join(scratch, `${name}-`))
  await build({
    root,
    base: './',
    configFile: false,
    logLevel: 'error',
    plugins: peer === null ? [] : [peersIn(peer)],
    build: {
      outDir,
      emptyOutDir: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 10_000,
      rolldownOptions: { input: join(root, `${name}.html`) },
    },
  })
  return serve(outDir, peer === null ? pageHeaders() : {})
}
