import { builtinModules } from 'node:module'
import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import ts from 'typescript'
import { defineConfig, type Plugin } from 'vite'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** Node 12 knows its modules by their plain names only, and promises of files as a property. */
const node12: Plugin = {
  name: 'node-12',
  enforce: 'pre',
  resolveId(name) {
    if (name === 'node:fs/promises' || name === 'fs/promises') return '\0fs-promises'
    const plain = name.replace(/^node:/, '')
    return builtinModules.includes(plain) ? { id: plain, external: true } : null
  },
  load: id =>
    id === '\0fs-promises'
      ? "import fs from 'fs'\nexport const { readFile, realpath, stat, writeFile, mkdir, open, readdir, rename, rm } = fs.promises\nexport default fs.promises"
      : null,
}

/** Syntax of 2019, private methods too, which vite's own lowering leaves. */
const lowered: Plugin = {
  name: 'lowered',
  renderChunk: code =>
    ts.transpileModule(code, {
      compilerOptions: { target: ts.ScriptTarget.ES2019, module: ts.ModuleKind.ESNext, removeComments: true },
    }).outputText,
}

/** The program for Electron 9: `--mode main`, `--mode preload`, `--mode page`. */
export default defineConfig(({ mode }) =>
  mode === 'page'
    ? {
        root: at('../../src/renderer'),
        base: './',
        plugins: [
          vue(),
          lowered,
          {
            name: 'language',
            transform: (code, id) =>
              id.endsWith('src/renderer/main.ts') ? `import '${at('stand-ins/language.ts')}'\n${code}` : null,
          },
        ],
        build: {
          target: 'chrome83',
          cssTarget: 'chrome83',
          emptyOutDir: true,
          assetsInlineLimit: 0,
          modulePreload: { polyfill: false },
        },
      }
    : {
        plugins: [node12, lowered],
        build: {
          ssr: true,
          target: 'node12',
          minify: false,
          emptyOutDir: false,
          rolldownOptions: {
            input: {
              [mode]: at(
                mode === 'main' ? 'stand-ins/main.ts' : '../../src/main/host/electron/preload/preload.ts',
              ),
            },
            output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
          },
        },
        ssr: { noExternal: true },
        environments: { ssr: { resolve: { mainFields: ['main'] } } },
        resolve: {
          alias: { electron: at(mode === 'main' ? 'stand-ins/electron.ts' : 'stand-ins/preload-prelude.ts') },
        },
      },
)
