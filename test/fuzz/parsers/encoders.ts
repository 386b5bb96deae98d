import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exportRun } from '../../../src/main/engine/exports/formats.ts'
import { openEncoder } from '../../../src/main/engine/imports/imported-encoder.ts'
import { height, runs, width } from '../../support/encoder-runs.ts'
import type { FuzzedParser } from '../parser.ts'

/** Encoders of other tools, which people get from anywhere. */
export async function encoderParsers(): Promise<FuzzedParser[]> {
  const folder = await mkdtemp(join(tmpdir(), 'twinlens-fuzz-encoders-'))
  const onnx: Buffer[] = []
  const json: Buffer[] = []
  const weights: Buffer[] = []
  for (const [name, run] of Object.entries(runs)) {
    const place = join(folder, name)
    await exportRun(run, 'onnx', `${place}.onnx`)
    await exportRun(run, 'layers-model', place)
    onnx.push(await readFile(`${place}.onnx`))
    json.push(await readFile(join(place, 'model.json')))
    weights.push(await readFile(join(place, 'weights.bin')))
  }
  await rm(folder, { recursive: true })
  return [
    {
      name: 'ONNX model',
      seeds: onnx,
      async parse(bytes, place) {
        await writeFile(join(place, 'encoder.onnx'), bytes)
        await openEncoder(join(place, 'encoder.onnx'), { height, width, channels: 3 })
      },
    },
    {
      name: 'LayersModel',
      seeds: json,
      async parse(bytes, place) {
        await writeFile(join(place, 'model.json'), bytes)
        for (const known of weights) {
          await writeFile(join(place, 'weights.bin'), known)
          await openEncoder(place, { height, width, channels: 3 })
        }
      },
    },
  ]
}
