import { analyse } from '../analysis/analyse.ts'
import { toPlainPng } from '../pictures/plain-png.ts'
import type { Run } from '../runs/run-folder.ts'
import type { ExportedFiles } from './formats.ts'
import type { RunImages } from './run-images.ts'
import { spriteOf } from './sprite.ts'
import { tableOf, toDelimited } from './table.ts'

/** The largest sheet of images that the Embedding Projector takes, px (tensorflow.org/tensorboard/tensorboard_projector_plugin). */
const mostSide = 8192
const longestImage = 128

/** Of fewer features than its three axes the projector draws no point: zeros make them up, and change no distance. */
const fewestFeatures = 3

const names = { tensors: 'tensors.tsv', metadata: 'metadata.tsv', sprite: 'sprite.png' } as const
const tensorName = 'test images'

/**
 * The test images' features for the Embedding Projector, with what is known of each image and, where the images can be
 * had, how it looks: for TensorBoard's plugin, which looks for its configuration by that name in its log's folder, and for
 * the projector on its own. The messages are those of tensorboard/plugins/projector/projector_config.proto.
 * @param address where the folder will be served from, for a projector that is served from elsewhere
 */
export async function projectorFiles(run: Run, images: RunImages, address?: string): Promise<ExportedFiles> {
  const { count, size } = run.test.embedding
  const files = new Map<string, Uint8Array>([
    [names.tensors, vectorsOf(run)],
    [names.metadata, await metadataOf(run)],
  ])
  let imageSize: readonly [number, number] | undefined
  if ('test' in images) {
    const { sheet, pixels, cell } = await spriteOf(
      images.test,
      Int32Array.from({ length: count }, (_, i) => i),
      { side: mostSide, cell: longestImage },
    )
    files.set(names.sprite, await toPlainPng(pixels, sheet))
    imageSize = [cell.width, cell.height]
  }
  const at = (name: string): string => (address === undefined ? name : new URL(name, address).href)
  files.set('projector_config.pbtxt', Buffer.from(textConfig(imageSize)))
  files.set(
    'projector_config.json',
    Buffer.from(jsonConfig([count, Math.max(size, fewestFeatures)], imageSize, at)),
  )
  return files
}

function textConfig(imageSize: readonly number[] | undefined): string {
  const sprite = [
    '  sprite {',
    `    image_path: "${names.sprite}"`,
    ...(imageSize ?? []).map(side => `    single_image_dim: ${side}`),
    '  }',
  ]
  return [
    'embeddings {',
    `  tensor_name: "${tensorName}"`,
    `  tensor_path: "${names.tensors}"`,
    `  metadata_path: "${names.metadata}"`,
    ...(imageSize === undefined ? [] : sprite),
    '}',
    '',
  ].join('\n')
}

function jsonConfig(
  tensorShape: readonly number[],
  imageSize: readonly number[] | undefined,
  at: (name: string) => string,
): string {
  const sprite = { imagePath: at(names.sprite), singleImageDim: imageSize }
  const embedding = {
    ...{ tensorName, tensorShape, tensorPath: at(names.tensors), metadataPath: at(names.metadata) },
    ...(imageSize === undefined ? {} : { sprite }),
  }
  return `${JSON.stringify({ embeddings: [embedding] }, null, 2)}\n`
}

function vectorsOf(run: Run): Uint8Array {
  const zeros = new Array<number>(Math.max(0, fewestFeatures - run.test.embedding.size)).fill(0)
  const [, ...rows] = tableOf(run, ['test'])
  return Buffer.from(
    toDelimited(
      rows.map(row => [...row.slice(3), ...zeros]),
      '\t',
    ),
  )
}

/**
 * Class, number, what the five nearest training images say, and 1 where they are right: of words, the projector would take
 * that for the label.
 */
async function metadataOf({ config, train, test }: Run): Promise<Uint8Array> {
  // A tab or a line's end within a name would shift what follows; the projector knows no quotes.
  const classes = config.data.classes.map(name => name.replace(/\s+/g, ' '))
  const { predicted } = await analyse(test.embedding, train)
  const rows = Array.from(test.labels, (label, index) => {
    const named = predicted[index] as number
    return [classes[label], index, classes[named] ?? '', Number(named === label)]
  })
  const lines = [['label', 'index', '5-NN', '5-NN right'], ...rows]
  return Buffer.from(`${lines.map(line => line.join('\t')).join('\n')}\n`)
}
