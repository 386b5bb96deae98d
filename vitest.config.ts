import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

/** Each suite is a project of its own. TensorFlow lives in the process it is loaded into, so every file gets a fork. */
const suite = (name: string, include: string[], testTimeout: number) => ({
  plugins: [vue()],
  test: { name, include, testTimeout, hookTimeout: testTimeout, pool: 'forks' as const, isolate: true },
})

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      suite('unit', ['test/unit/**/*.test.ts'], 30_000),
      suite('numeric', ['test/numeric/**/*.test.ts'], 300_000),
      suite('contract', ['test/contract/**/*.test.ts'], 60_000),
      suite('setup', ['test/setup/**/*.test.ts'], 300_000),
      suite('package', ['test/package/**/*.test.ts'], 600_000),
      suite('e2e', ['test/e2e/**/*.test.ts'], 600_000),
    ],
  },
})
