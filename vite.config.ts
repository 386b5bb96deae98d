import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

/**
 * The window's page, for every host. All code and styles are files of their own, because the hosts' Content Security
 * Policy (script-src 'self') runs and loads nothing else. Paths are relative: Electron serves it under a protocol of its own.
 */
export default defineConfig({
  root: 'src/renderer',
  base: './',
  plugins: [vue()],
  build: {
    outDir: '../../build/renderer',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
  },
})
