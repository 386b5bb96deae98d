import { resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { invalidInput } from '../../../shared/errors.ts'
import { defaults } from '../../../shared/hyperparameters.ts'
import type { DataSet } from '../../engine/data/data-set.ts'
import { type DataRequest, openDataSet } from '../../engine/data/open-data-set.ts'
import type { LabelledEmbedding } from '../../engine/embedding/embed.ts'
import type { EmbeddedData } from '../../engine/embedding/embedded-data.ts'
import { type ImportedEncoder, openEncoder } from '../../engine/imports/imported-encoder.ts'

export const encoderOption = (): Option =>
  new Option(
    '--encoder <MODEL>',
    "in place of a run: an ONNX file, or a TensorFlow.js LayersModel's model.json or folder",
  )

/** What a command's images are embedded by: one of the two. Paths are absolute. @throws invalid-input: both, or none */
export function runOrEncoder(
  run: string | undefined,
  encoder: string | undefined,
  command: Command,
): { readonly run: string } | { readonly encoder: string } {
  if (run === undefined && encoder !== undefined) return { encoder: resolve(encoder) }
  if (run === undefined || encoder !== undefined)
    throw invalidInput("Name either a run's folder or an encoder with --encoder.")
  const ofData = ['data', 'labels', 'testData', 'testLabels', 'trainCount', 'testCount']
  if (ofData.some(name => command.getOptionValueSource(name) === 'cli'))
    throw invalidInput('A run brings its own images: --data and what belongs to it go with --encoder.')
  return { run: resolve(run) }
}

/**
 * Embeds parts of a data set with an encoder of another tool; a part that is left out has no points. A backend must be
 * open. @throws bad-file, invalid-input
 */
export async function embedData(
  file: string,
  request: DataRequest,
  parts: readonly ('train' | 'test')[],
): Promise<{ data: DataSet; encoder: ImportedEncoder; embedded: EmbeddedData }> {
  const data = await openDataSet(request)
  const encoder = await openEncoder(file, data.test)
  const part = async (name: 'train' | 'test'): Promise<LabelledEmbedding> =>
    parts.includes(name)
      ? { embedding: await encoder.embed(data[name]), labels: data[name].labels }
      : {
          embedding: { values: new Float32Array(), count: 0, size: encoder.embeddingSize },
          labels: new Uint16Array(),
        }
  const config = { data: { classes: data.classes }, hyperparameters: { seed: defaults.seed } }
  return { data, encoder, embedded: { config, train: await part('train'), test: await part('test') } }
}
