import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sameShape } from '../../../src/main/engine/data/data-set.ts'
import { exportRun } from '../../../src/main/engine/exports/formats.ts'
import { openEncoder } from '../../../src/main/engine/imports/imported-encoder.ts'
import { runs } from '../../support/encoder-runs.ts'
import type { FuzzedParser } from '../parser.ts'

/** Damage is done to files that fit: the others are refused for their size. */
const shape = { height: 9, width: 10, channels: 3 } as const
const fitting = Object.entries(runs).filter(([, { config }]) => sameShape(config.data, shape))

/** Encoders of other tools, which people get from anywhere. */
export async function encoderParsers(): Promise<FuzzedParser[]> {
  const folder = await mkdtemp(join(tmpdir(), 'twinlens-fuzz-encoders-'))
  const onnx: Buffer[] = []
  const models: FuzzedParser[] = []
  for (const [name, run] of fitting) {
    const place = join(folder, name)
    await exportRun(run, 'onnx', `${place}.onnx`)
    await exportRun(run, 'layers-model', place)
    onnx.push(await readFile(`${place}.onnx`))
    const weights = await readFile(join(place, 'weights.bin'))
    models.push(layersModel(name, await readFile(join(place, 'model.json')), weights))
  }
  await rm(folder, { recursive: true })
  return [
    {
      name: 'ONNX model',
      seeds: onnx,
      async parse(bytes, place) {
        await writeFile(join(place, 'encoder.onnx'), bytes)
        await openEncoder(join(place, 'encoder.onnx'), shape)
      },
    },
    ...models,
  ]
}

/** A model.json, damaged, beside the weights that it had. */
const layersModel = (name: string, json: Buffer, weights: Buffer): FuzzedParser => ({
  name: `LayersModel: ${name}`,
  seeds: [json],
  async parse(bytes, folder) {
    await writeFile(join(folder, 'model.json'), bytes)
    await writeFile(join(folder, 'weights.bin'), weights)
    await openEncoder(folder, shape)
  },
})
