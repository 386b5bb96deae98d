import { join } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

export default defineConfig({
  root: import.meta.dirname,
  plugins: [vue()],
  resolve: { alias: { 'node:crypto': join(import.meta.dirname, 'no-crypto.ts') } },
  server: { fs: { allow: ['../../..'] } },
})
