import { execFileSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Transformer } from '@napi-rs/image'
import { expect, test } from 'vitest'
import { imageAt, sliceImages } from '../../../src/main/engine/data/data-set.ts'
import type { ExportedFiles } from '../../../src/main/engine/exports/formats.ts'
import { projectorFiles } from '../../../src/main/engine/exports/projector.ts'
import { toTensorBoard } from '../../../src/main/engine/exports/tensorboard.ts'
import type { Run } from '../../../src/main/engine/runs/run-folder.ts'
import { imagesFor, runs } from '../../support/encoder-runs.ts'
import { temporaryFolder } from '../../support/files.ts'
import { pythonWithReaders } from '../../support/python-readers.ts'

const run = runs['mlp'] as Run
const images = sliceImages(imagesFor(run), 0, run.test.embedding.count)

interface Embedding {
  readonly tensorName: string
  readonly tensorShape: readonly number[]
  readonly tensorPath: string
  readonly sprite?: { readonly imagePath: string; readonly singleImageDim: readonly number[] }
}

interface Answers {
  readonly info: { readonly embeddings: readonly Embedding[] }
  readonly standalone: Answers['info']
  readonly tensor: string
  readonly metadata: string
  readonly sprite: string | null
  readonly sessions: readonly Record<string, unknown>[]
  readonly metrics: readonly string[]
}

const readers = pythonWithReaders()
const title = 'missing' in readers ? ` (skipped: ${readers.missing})` : ''

async function served(files: ExportedFiles): Promise<Answers> {
  const folder = await temporaryFolder()
  for (const [name, content] of files) await writeFile(join(folder, name), content)
  const script = join(import.meta.dirname, 'read_tensorboard.py')
  const python = 'python' in readers ? readers.python : ''
  return JSON.parse(execFileSync(python, [script, folder], { encoding: 'utf8' }))
}

test.skipIf('missing' in readers)(
  `TensorBoard serves features, what is known of images, the images and hyperparameters${title}`,
  async () => {
    const answers = await served(await toTensorBoard(run, { test: images }))
    const { values } = run.test.embedding
    const tensor = Buffer.from(answers.tensor, 'base64')
    // The projector draws no point of fewer than three features.
    const wanted = [0, 2, 4].flatMap(at => [...values.subarray(at, at + 2), 0])
    expect([...new Float32Array(new Uint8Array(tensor).buffer)]).toEqual(wanted)
    // Each training point is alone with its class: of three neighbours the nearest one's class counts.
    expect(
      answers.metadata
        .trimEnd()
        .split('\n')
        .map(line => line.split('\t')),
    ).toEqual([
      ['label', 'index', '5-NN', '5-NN right'],
      ['a b', '0', 'zwölf', '0'],
      ['zwölf', '1', 'one', '0'],
      ['one', '2', 'zwölf', '0'],
    ])

    const { width, height } = images
    const [embedding] = answers.info.embeddings
    expect(embedding?.tensorShape).toEqual([3, 3])
    expect(embedding?.sprite?.singleImageDim).toEqual([width, height])
    expect(answers.standalone.embeddings).toEqual([embedding])
    const raw = await new Transformer(Buffer.from(answers.sprite as string, 'base64')).rawPixels()
    const each = raw.length / (4 * width * height)
    for (let image = 0; image < 3; image++) {
      const [left, top] = [(image % 2) * width, Math.floor(image / 2) * height]
      const found = Array.from({ length: width * height }, (_, i) => {
        const at = (top + Math.floor(i / width)) * 2 * width + left + (i % width)
        return [...raw.subarray(at * each, at * each + 3)]
      })
      expect(found.flat()).toEqual([...imageAt(images, image)])
    }

    expect(answers.sessions).toEqual([
      expect.objectContaining({ Margin: 0.3, 'Hidden sizes': '7', Loss: 'contrastive', 'Batch norm': false }),
    ])
    expect(answers.sessions[0]).not.toHaveProperty('Temperature')
    expect(answers.metrics).toEqual(
      [
        'learning rate',
        'loss',
        'quality/auc',
        'quality/eer',
        'quality/eerThreshold',
        'quality/knnAccuracy',
      ].sort(),
    )
  },
)

test.skipIf('missing' in readers)(
  `without images there is no sprite, and the rest is as it was${title}`,
  async () => {
    const answers = await served(await toTensorBoard(run, { missing: 'They are gone.' }))
    expect(answers.sprite).toBe(null)
    expect(answers.info.embeddings[0]).not.toHaveProperty('sprite')
    expect(answers.info.embeddings[0]?.tensorShape).toEqual([3, 3])
  },
)

test('for a projector elsewhere every file is named by its address', async () => {
  const files = await projectorFiles(run, { test: images }, 'https://example.org/a run/')
  const { embeddings } = JSON.parse(Buffer.from(files.get('projector_config.json') as Uint8Array).toString())
  expect(embeddings).toMatchObject([
    {
      tensorPath: 'https://example.org/a%20run/tensors.tsv',
      metadataPath: 'https://example.org/a%20run/metadata.tsv',
      sprite: { imagePath: 'https://example.org/a%20run/sprite.png' },
    },
  ])
})
