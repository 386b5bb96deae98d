import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

/** A copy of the sources in which violations can be planted. */
const root = join(import.meta.dirname, '../..')
let copy: string

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'twinlens-layers-'))
  for (const name of [
    'src',
    '.dependency-cruiser.cjs',
    'package.json',
    'tsconfig.json',
    'tsconfig.base.json',
  ]) {
    cpSync(join(root, name), join(copy, name), { recursive: true })
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'dir')
})
afterAll(() => rmSync(copy, { recursive: true, force: true }))

function run(tool: string, args: string[]): { code: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'node_modules', tool), ...args],
    { cwd: copy, encoding: 'utf8' },
  )
  return { code: status, output: stdout + stderr }
}
const cruise = () =>
  run('dependency-cruiser/bin/dependency-cruise.mjs', ['--config', '.dependency-cruiser.cjs', 'src'])

/** Plants a file, cruises, and takes it away again. */
function cruiseWith(path: string, source: string): { code: number | null; output: string } {
  writeFileSync(join(copy, path), source)
  try {
    return cruise()
  } finally {
    rmSync(join(copy, path))
  }
}

describe('the dependency rules', () => {
  test('hold for the sources as they are', () => {
    expect(cruise().code).toBe(0)
  })

  test.each([
    [
      'src/main/engine/planted.ts',
      "import { app } from 'electron'\nexport const name = app\n",
      'electron-only-in-its-host',
    ],
    ['src/main/engine/planted.ts', "export * from '../host/cli/main.ts'\n", 'engine-knows-no-host'],
    ['src/shared/planted.ts', "export * from 'node:fs'\n", 'shared-no-node'],
    ['src/shared/planted.ts', "export * from '../main/engine/twin/pairs.ts'\n", 'shared-stands-alone'],
    [
      'src/main/host/cli/planted.ts',
      "export * from '@tensorflow/tfjs-core'\n",
      'tensorflow-only-in-the-engine',
    ],
    [
      'src/main/engine/twin/planted.ts',
      "import '@tensorflow/tfjs-backend-wasm'\n",
      'backends-load-in-one-folder',
    ],
  ])('%s with %j fails', (path, source, rule) => {
    const { code, output } = cruiseWith(path, source)
    expect(code).not.toBe(0)
    expect(output).toContain(rule)
  })
})

describe('each layer compiles against its own globals alone', () => {
  test.each([
    ['src/shared', 'export const name = process.title\n', /process/],
    ['src/shared', 'export const name = document.title\n', /document/],
    ['src/main/engine', 'export const name = document.title\n', /document/],
  ])('%s refuses %j', (layer, source, fault) => {
    writeFileSync(join(copy, layer, 'planted.ts'), source)
    try {
      const { code, output } = run('typescript/bin/tsc', ['-b', layer])
      expect(code).not.toBe(0)
      expect(output).toMatch(fault)
    } finally {
      rmSync(join(copy, layer, 'planted.ts'))
    }
  })
})
