import type { Run } from '../runs/run-folder.ts'
import type { ExportedFiles } from './formats.ts'
import { tableOf, toDelimited } from './table.ts'

/** For TensorBoard's projector, which looks for the configuration by this name in its log's folder. */
export function projectorFiles(run: Run): ExportedFiles {
  const config = [
    'embeddings {',
    '  tensor_name: "test images"',
    '  tensor_path: "tensors.tsv"',
    '  metadata_path: "metadata.tsv"',
    '}',
    '',
  ].join('\n')
  return new Map([...tables(run), ['projector_config.pbtxt', Buffer.from(config)]])
}

/** For the Embedding Projector on its own (projector.tensorflow.org): vectors and what is known of each image. */
export const toProjector = (run: Run): ExportedFiles => new Map(tables(run))

function tables(run: Run): [string, Uint8Array][] {
  const [, ...rows] = tableOf(run, ['test'])
  const vectors = rows.map(row => row.slice(3))
  // A tab or a line's end within a name would shift what follows; the projector knows no quotes.
  const about = rows.map(([index, , label]) => [String(label).replace(/\s+/g, ' '), index as number])
  const plain = (lines: readonly (readonly (string | number)[])[]): Uint8Array =>
    Buffer.from(`${lines.map(line => line.join('\t')).join('\n')}\n`)
  return [
    ['tensors.tsv', Buffer.from(toDelimited(vectors, '\t'))],
    ['metadata.tsv', plain([['label', 'index'], ...about])],
  ]
}
