import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createFolderAtomically } from '../runs/atomic-folder.ts'
import type { Run } from '../runs/run-folder.ts'
import { writeFileWhole } from '../runs/write-file.ts'
import { toLayersModel } from './layers-model.ts'
import { toNpy, toNpz } from './numpy.ts'
import { toOnnx } from './onnx.ts'
import { toProjector } from './projector.ts'
import { toReport } from './report.ts'
import { tableOf, toDelimited } from './table.ts'
import { toTensorBoard } from './tensorboard.ts'

/** Contents by file name. */
export type ExportedFiles = ReadonlyMap<string, Uint8Array>

/** What a run can be taken out as: one file, or a folder of several. */
const exporters = {
  onnx: { make: toOnnx, what: 'the encoder as an ONNX model, a file' },
  'layers-model': { make: toLayersModel, what: 'the encoder for TensorFlow.js, a folder' },
  report: { make: toReport, what: 'a page that tells of the run, one HTML file' },
  csv: {
    make: (run: Run) => Buffer.from(toDelimited(tableOf(run, ['train', 'test']), ',')),
    what: "all images' features as a table, a file",
  },
  npz: { make: toNpz, what: 'features and labels for NumPy, a file' },
  npy: { make: toNpy, what: 'the same as arrays of their own, a folder' },
  projector: { make: toProjector, what: "the test images' features for the Embedding Projector, a folder" },
  tensorboard: { make: toTensorBoard, what: "losses, quality and the projector's files, a folder" },
} as const satisfies Record<
  string,
  { readonly make: (run: Run) => Uint8Array | ExportedFiles; readonly what: string }
>

export type ExportFormat = keyof typeof exporters
export const exportFormats = Object.keys(exporters) as ExportFormat[]
export const whatIs = (format: ExportFormat): string => exporters[format].what

/**
 * Takes a run out in one format. A file is replaced where there is one, a folder must be new; both appear whole or not
 * at all. @throws invalid-input: the folder exists; disk-full; bad-file
 */
export async function exportRun(run: Run, format: ExportFormat, path: string): Promise<void> {
  const made: Uint8Array | ExportedFiles = exporters[format].make(run)
  if (made instanceof Uint8Array) return writeFileWhole(path, made)
  return createFolderAtomically(path, async folder => {
    for (const [name, content] of made) await writeFile(join(folder, name), content)
  })
}
