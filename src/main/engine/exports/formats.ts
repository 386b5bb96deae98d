import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type ExportFormat, exportFormats } from '../../../shared/contract/exports.ts'
import { createFolderAtomically } from '../runs/atomic-folder.ts'
import type { Run } from '../runs/run-folder.ts'
import { writeFileWhole } from '../runs/write-file.ts'
import { toLayersModel } from './layers-model.ts'
import { toNpy, toNpz } from './numpy.ts'
import { toOnnx } from './onnx.ts'
import { toProjector } from './projector.ts'
import { toReport } from './report.ts'
import { toSavedModel } from './saved-model.ts'
import { tableOf, toDelimited } from './table.ts'
import { toTensorBoard } from './tensorboard.ts'

/** Contents by file name, with "/" where one lies deeper. */
export type ExportedFiles = ReadonlyMap<string, Uint8Array>

const makers: Record<ExportFormat, (run: Run) => Uint8Array | ExportedFiles> = {
  report: toReport,
  onnx: toOnnx,
  'layers-model': toLayersModel,
  'saved-model': toSavedModel,
  csv: run => Buffer.from(toDelimited(tableOf(run, ['train', 'test']), ',')),
  npz: toNpz,
  npy: toNpy,
  projector: toProjector,
  tensorboard: toTensorBoard,
}

/** For a person: "the encoder as an ONNX model, a file". */
export const whatIs = (format: ExportFormat): string => exportFormats[format].what

/** A run in one format: a file's content, or a folder's files. */
export const makeExport = (run: Run, format: ExportFormat): Uint8Array | ExportedFiles => makers[format](run)

/**
 * Takes a run out in one format. A file is replaced where there is one, a folder must be new; both appear whole or not
 * at all. @throws invalid-input: the folder exists; disk-full; bad-file
 */
export async function exportRun(run: Run, format: ExportFormat, path: string): Promise<void> {
  const made = makeExport(run, format)
  if (made instanceof Uint8Array) return writeFileWhole(path, made)
  return createFolderAtomically(path, async folder => {
    for (const [name, content] of made) {
      await mkdir(dirname(join(folder, name)), { recursive: true })
      await writeFile(join(folder, name), content)
    }
  })
}
