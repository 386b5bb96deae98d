/**
 * Makes golden.json anew: hands the inputs of every golden case to PyTorch and keeps the losses that it gets.
 * Needs Python with torch and numpy: node test/numeric/golden/make.ts PYTHON
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadDigits } from '../../../src/main/engine/data/digits.ts'
import { type GoldenCase, goldenCases, goldenInputs } from './cases.ts'

const python = process.argv[2] ?? 'python3'
const data = await loadDigits(5000, 5000)
const golden: Record<string, unknown> = {}

for (const name of Object.keys(goldenCases) as GoldenCase[]) {
  const { initial, batches, sha256 } = goldenInputs(name, data)
  const folder = mkdtempSync(join(tmpdir(), 'twinlens-golden-'))
  const write = (file: string, arrays: readonly (Uint8Array | Float32Array | Int32Array)[]): void =>
    writeFileSync(
      join(folder, file),
      Buffer.concat(arrays.map(a => new Uint8Array(a.buffer, a.byteOffset, a.byteLength))),
    )
  write('pixels.u8', [data.train.pixels])
  write(
    'weights.f32',
    initial.tensors.map(({ values }) => values),
  )
  write(
    'first.i32',
    batches.map(({ first }) => first),
  )
  write(
    'second.i32',
    batches.map(({ second }) => second),
  )
  write(
    'similar.u8',
    batches.map(({ similar }) => similar),
  )
  writeFileSync(join(folder, 'case.json'), JSON.stringify(goldenCases[name]))
  const script = join(import.meta.dirname, 'train.py')
  const run = (precision: string): object =>
    JSON.parse(execFileSync(python, [script, folder, precision], { encoding: 'utf8' })) as object
  golden[name] = { sha256, float32: run('float32'), float64: run('float64') }
  rmSync(folder, { recursive: true })
}
writeFileSync(join(import.meta.dirname, 'golden.json'), `${JSON.stringify(golden, null, 1)}\n`)
