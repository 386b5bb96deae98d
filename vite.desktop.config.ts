import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig, type Plugin } from 'vite'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** Stay packages: they carry a file for each kind of machine, which no bundle can hold. */
const external = ['electron', '@napi-rs/image', 'webgpu']

/** TensorFlow.js reads its WebAssembly from beside itself. With one thread: without SIMD on processors that lack it. */
const wasmFiles = (): Plugin => ({
  name: 'wasm-files',
  generateBundle() {
    const folder = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'))
    for (const fileName of ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm']) {
      this.emitFile({ type: 'asset', fileName, source: readFileSync(join(folder, fileName)) })
    }
  },
})

/**
 * The desktop program: main and the engine, with every package that they use inside. `--mode preload` builds the sandboxed preload,
 * which must be a CommonJS file of its own.
 */
export default defineConfig(({ mode }) => ({
  plugins: mode === 'preload' ? [] : [wasmFiles()],
  build: {
    outDir: 'build/electron',
    emptyOutDir: mode !== 'preload',
    target: 'node24',
    minify: false,
    sourcemap: false,
    ssr: true,
    rolldownOptions: {
      external,
      input:
        mode === 'preload'
          ? { preload: at('src/main/host/electron/preload/preload.ts') }
          : { main: at('src/main/index.ts'), engine: at('src/main/host/electron/engine/entry.ts') },
      output:
        mode === 'preload'
          ? { format: 'cjs', entryFileNames: '[name].cjs' }
          : { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      // Packages of CommonJS files look for what lies beside them: beside the bundle, then.
      transform: { define: { __dirname: 'import.meta.dirname', __filename: 'import.meta.filename' } },
    },
  },
  ssr: { noExternal: true, external },
  // One TensorFlow.js for all: its packages require each other's CommonJS files, whatever an import may find.
  environments: { ssr: { resolve: { mainFields: ['main'] } } },
  resolve: {
    alias: { '@mapbox/node-pre-gyp': at('src/main/host/electron/engine/node-pre-gyp.ts') },
  },
}))
