import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { pageHeaders } from '../../src/main/host/page-headers.ts'
import { type BuiltPage, serve } from '../../test/support/built-page.ts'

const root = join(import.meta.dirname, '../../test/fakes/page')

/** The window over the fake engine, built and served under the window's policy. */
export async function serveFakePage(): Promise<BuiltPage> {
  const outDir = await mkdtemp(join(tmpdir(), 'twinlens-fake-page-'))
  await build({
    configFile: join(root, 'vite.config.ts'),
    logLevel: 'error',
    base: './',
    build: { outDir, emptyOutDir: true, assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  })
  const { url, close } = await serve(outDir, pageHeaders())
  return {
    url,
    close: async () => {
      await close()
      await rm(outDir, { recursive: true })
    },
  }
}
