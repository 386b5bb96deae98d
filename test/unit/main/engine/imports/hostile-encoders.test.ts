import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exportRun } from '../../../../../src/main/engine/exports/formats.ts'
import { openEncoder } from '../../../../../src/main/engine/imports/imported-encoder.ts'
import type { Run } from '../../../../../src/main/engine/runs/run-folder.ts'
import { runs } from '../../../../support/encoder-runs.ts'
import { onnxModel, wholeNumbers } from '../../../../support/onnx-files.ts'

const shape = { height: 9, width: 10, channels: 3 } as const
let folder = ''
let onnx: Buffer
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'twinlens-hostile-'))
  await exportRun(runs['cnn'] as Run, 'onnx', join(folder, 'good.onnx'))
  onnx = await readFile(join(folder, 'good.onnx'))
})

afterAll(() => rm(folder, { recursive: true }))

/** What is said of a file: it has to name it. */
async function faultOf(path: string, told = path): Promise<string> {
  const error = await openEncoder(path, shape).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toMatchObject({ kind: 'bad-file' })
  const { message } = error as Error
  expect(message.startsWith(`${told}: `)).toBe(true)
  return message.slice(told.length + 2)
}

async function faultOfOnnx(bytes: Uint8Array): Promise<string> {
  const path = join(folder, 'bad.onnx')
  await writeFile(path, bytes)
  return faultOf(path)
}

describe('an ONNX model', () => {
  test('that is cut at any place is refused', async () => {
    for (const part of [0, 1, 5, 100, onnx.length >> 1, onnx.length - 300])
      expect(await faultOfOnnx(onnx.subarray(0, part))).toMatch(/cut or damaged|no ONNX model/)
  })

  test('that is something else, or is not there, is refused', async () => {
    expect(await faultOfOnnx(Buffer.from('PK\x03\x04 not a model at all'))).toMatch(/damaged|no ONNX/)
    expect(await faultOf(join(folder, 'nowhere.onnx'))).toBe('there is no such file.')
  })

  test('with an operator that is not known is refused by its name', async () => {
    const node = { op: 'NonMaxSuppression', inputs: ['x'], output: 'y' }
    const fault = await faultOfOnnx(onnxModel(['n', 9, 10, 3], [node]))
    expect(fault).toContain('the operator NonMaxSuppression')
    expect(await faultOfOnnx(onnxModel(['n', 9, 10, 3], [{ ...node, op: 'toString' }]))).toContain('toString')
  })

  test('that would fill the memory is refused before it does', async () => {
    const doubled = Array.from({ length: 40 }, (_, i) => {
      const from = i === 0 ? 'x' : `a${i - 1}`
      return { op: 'Concat', inputs: [from, from], output: i === 39 ? 'y' : `a${i}`, attributes: { axis: 1 } }
    })
    expect(await faultOfOnnx(onnxModel(['n', 9, 10, 3], doubled))).toContain('too many')
    const pads = wholeNumbers('pads', [0, 0, 0, 0, 0, 2 ** 40, 2 ** 40, 0])
    const padded = { op: 'Pad', inputs: ['x', 'pads'], output: 'y' }
    expect(await faultOfOnnx(onnxModel(['n', 9, 10, 3], [padded], [], { more: [pads] }))).toMatch(
      /step "y" \(Pad\)/,
    )
    const pool = { kernel_shape: [2, 2], pads: [4096, 4096, 4096, 4096] }
    const pooled = { op: 'MaxPool', inputs: ['x'], output: 'y', attributes: pool }
    expect(await faultOfOnnx(onnxModel(['n', 3, 9, 10], [pooled]))).toContain('too large')
    const huge = [{ name: 'w', shape: [2 ** 31, 2 ** 31], values: Float32Array.of(1) }]
    const product = { op: 'MatMul', inputs: ['x', 'w'], output: 'y' }
    expect(await faultOfOnnx(onnxModel(['n', 270], [product], huge))).toContain('1 values for')
  })

  test('for other images is refused with both sizes', async () => {
    const flat = { op: 'Flatten', inputs: ['x'], output: 'y' }
    const fault = await faultOfOnnx(onnxModel(['n', 28, 28, 1], [flat]))
    expect(fault).toBe('it takes images of 28 x 28 x 1; these are 9 x 10 x 3 (height, width, channels).')
  })

  test('that gives no row for each image, or takes what no step gives, is refused', async () => {
    const one = { op: 'ReduceMean', inputs: ['x'], output: 'y' }
    expect(await faultOfOnnx(onnxModel(['n', 9, 10, 3], [one]))).toContain('not features for each')
    const lost = { op: 'Relu', inputs: ['nothing'], output: 'y' }
    expect(await faultOfOnnx(onnxModel(['n', 9, 10, 3], [lost]))).toContain('takes "nothing"')
  })
})

describe('a LayersModel', () => {
  const made = async (name: string, change: (json: Json) => void): Promise<string> => {
    const place = join(folder, name)
    await exportRun(runs['cnn'] as Run, 'layers-model', place)
    const json = JSON.parse(await readFile(join(place, 'model.json'), 'utf8'))
    change(json)
    await writeFile(join(place, 'model.json'), JSON.stringify(json))
    return place
  }
  interface Json {
    weightsManifest: { paths: string[]; weights: { shape: number[]; dtype: string }[] }[]
    modelTopology: { model_config: { config: { layers: { class_name: string }[] } } }
  }
  const faultIn = async (name: string, change: (json: Json) => void): Promise<string> => {
    const place = await made(name, change)
    return faultOf(place, join(place, 'model.json'))
  }
  const withPath =
    (path: string) =>
    (json: Json): void => {
      for (const group of json.weightsManifest) group.paths = [path]
    }

  test.each(['../secret', '/etc/hosts', 'a/../../secret', 'C:\\x', 'http://x/y', '..', ''])(
    'that names weights at "%s" is refused',
    async path => {
      await writeFile(join(folder, 'secret'), 'secret')
      const name = `outside-${Buffer.from(path).toString('hex')}`
      expect(await faultIn(name, withPath(path))).toMatch(/outside its folder|no model\.json/)
    },
  )

  test('of which a link leads out of the folder is refused', async () => {
    const place = await made('link', withPath('inside/secret'))
    await writeFile(join(folder, 'secret'), 'secret')
    await symlink(folder, join(place, 'inside'))
    expect(await faultOf(place, join(place, 'model.json'))).toContain('outside its folder')
  })

  test('with too few weights, or huge ones, is refused', async () => {
    const place = await made('cut', () => undefined)
    const weights = await readFile(join(place, 'weights.bin'))
    await writeFile(join(place, 'weights.bin'), weights.subarray(0, -4))
    expect(await faultOf(place, join(place, 'model.json'))).toMatch(/weights take \d+ bytes/)
    const huge = (json: Json): void => {
      for (const weight of json.weightsManifest[0]?.weights ?? []) weight.shape = [2 ** 31, 2 ** 31]
    }
    expect(await faultIn('huge', huge)).toContain('more than 1024 MB')
  })

  test('with a layer that is not known is refused by its name; so is what is no model', async () => {
    const lambda = (json: Json): void => {
      for (const layer of json.modelTopology.model_config.config.layers.slice(1, 2))
        layer.class_name = 'Lambda'
    }
    expect(await faultIn('lambda', lambda)).toContain('(Lambda) is not known')
    const path = join(folder, 'other.json')
    for (const [text, said] of [
      ['{', 'no JSON'],
      ['[]', 'no model.json'],
      ['null', 'no model.json'],
    ] as const) {
      await writeFile(path, text)
      expect(await faultOf(path)).toContain(said)
    }
    await mkdir(join(folder, 'empty'))
    expect(await faultOf(join(folder, 'empty'), join(folder, 'empty', 'model.json'))).toContain(
      'no such file',
    )
  })
})
