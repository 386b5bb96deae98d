import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { tensorflowParts } from '../../../../scripts/package/native-parts.ts'

let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'twinlens-parts-'))
  mkdirSync(join(home, 'lib/napi-v8'), { recursive: true })
  writeFileSync(join(home, 'package.json'), '{}')
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

const put = (path: string): void => {
  mkdirSync(join(home, path, '..'), { recursive: true })
  writeFileSync(join(home, path), path)
}
const names = (): string[] =>
  tensorflowParts(home).map(({ to }) => to.replace('@tensorflow/tfjs-node-gpu/', ''))

test('a library is taken once, under the name by which it is loaded, whatever links lie beside it', () => {
  put('lib/napi-v8/tfjs_binding.node')
  put('deps/lib/libtensorflow.so.2.9.1')
  symlinkSync('libtensorflow.so.2.9.1', join(home, 'deps/lib/libtensorflow.so.2'))
  symlinkSync('libtensorflow.so.2', join(home, 'deps/lib/libtensorflow.so'))
  expect(names().sort()).toEqual([
    'deps/lib/libtensorflow.so.2',
    'lib/napi-v8/tfjs_binding.node',
    'package.json',
  ])
  const library = tensorflowParts(home).find(({ to }) => to.endsWith('.so.2'))
  expect(library?.from).toBe(realpathSync(join(home, 'deps/lib/libtensorflow.so.2.9.1')))
})

test('Windows has its library beside the binding, macOS by its own ending', () => {
  put('lib/napi-v8/tfjs_binding.node')
  put('lib/napi-v8/tensorflow.dll')
  put('deps/lib/libtensorflow.2.dylib')
  expect(names()).toEqual(
    expect.arrayContaining(['lib/napi-v8/tensorflow.dll', 'deps/lib/libtensorflow.2.dylib']),
  )
})

test('nothing is packaged where there is no TensorFlow, and a sentence says so', () => {
  expect(() => tensorflowParts(home)).toThrow('TensorFlow is not installed here, so it cannot be packaged.')
})
