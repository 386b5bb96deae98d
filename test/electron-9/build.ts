import { cpSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'

const root = join(import.meta.dirname, '../..')

/**
 * Builds Twinlens for Electron 9: main, preload and page from the same sources with the stand-ins, and the engine as the product
 * has it.
 * @param folder gets `electron` and `renderer`, as the product's build folder has them
 */
export async function buildForElectron9(folder: string): Promise<void> {
  for (const [mode, part] of [
    ['main', 'electron'],
    ['preload', 'electron'],
    ['page', 'renderer'],
  ] as const) {
    await build({
      configFile: join(import.meta.dirname, 'vite.config.ts'),
      mode,
      logLevel: 'error',
      build: { outDir: join(folder, part), reportCompressedSize: false },
    })
  }
  const product = join(root, 'build/electron')
  for (const name of readdirSync(product)) {
    if (!/^(main\.js|preload\.cjs)$/.test(name)) cpSync(join(product, name), join(folder, 'electron', name))
  }
}

/** What Electron starts: the builds with the clone's packages and digits beside them. @param folder an empty one */
export async function makeApp(folder: string): Promise<void> {
  await buildForElectron9(join(folder, 'build'))
  mkdirSync(join(folder, 'resources'), { recursive: true })
  symlinkSync(join(root, 'resources/digits'), join(folder, 'resources/digits'))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  const about = { name: 'twinlens', version: '0.0.0', type: 'module', main: 'build/electron/main.cjs' }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(about))
}
