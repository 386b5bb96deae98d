/**
 * Makes networks.json anew: hands small networks of every kind to PyTorch and keeps what it makes of them.
 * Needs Python with torch and numpy: node test/numeric/golden/make-networks.ts PYTHON
 */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { layersOf } from '../../../src/main/engine/twin/network/layers.ts'
import { images, learning, type NetworkCase, networkCases, networkInputs } from './networks.ts'

const python = process.argv[2] ?? 'python3'
const golden: Record<string, unknown> = {}
for (const name of Object.keys(networkCases) as NetworkCase[]) {
  const { initial, batches, sha256 } = networkInputs(name)
  const input = JSON.stringify({
    layers: layersOf(initial.spec),
    image: [images.height, images.width, 1],
    learning,
    pixels: Array.from(images.pixels),
    tensors: initial.tensors.map(({ name: of, shape, values }) => ({
      of,
      shape,
      values: Array.from(values),
    })),
    batches: batches.map(({ first, second, similar }) => ({
      first: Array.from(first),
      second: Array.from(second),
      similar: Array.from(similar),
    })),
  })
  const script = join(import.meta.dirname, 'networks.py')
  const answer = execFileSync(python, [script], { input, encoding: 'utf8', maxBuffer: 2 ** 28 })
  golden[name] = { sha256, ...(JSON.parse(answer) as object) }
}
writeFileSync(join(import.meta.dirname, 'networks.json'), `${JSON.stringify(golden)}\n`)
