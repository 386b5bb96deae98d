import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type ExportFormat, exportFormats } from '../../../shared/contract/exports.ts'
import type { DataSet } from '../data/data-set.ts'
import { createFolderAtomically } from '../runs/atomic-folder.ts'
import { openEvaluations, openRun, type Run } from '../runs/run-folder.ts'
import { writeFileWhole } from '../runs/write-file.ts'
import { toLayersModel } from './layers-model.ts'
import { toNpy, toNpz } from './numpy.ts'
import { toOnnx } from './onnx.ts'
import { projectorFiles } from './projector.ts'
import { toReport } from './report.ts'
import { type RunImages, testImagesOf } from './run-images.ts'
import { toSavedModel } from './saved-model.ts'
import { tableOf, toDelimited } from './table.ts'
import { toTensorBoard } from './tensorboard.ts'

/** Contents by file name, with "/" where one lies deeper. */
export type ExportedFiles = ReadonlyMap<string, Uint8Array>

type Content = Uint8Array | ExportedFiles

export interface Made {
  readonly content: Content
  /** What it had to do without, for a person; null where nothing is missing. */
  readonly note: string | null
}

/** What an export may be told beside its format. */
export interface ExportOptions {
  /** A data set that is in memory already, which may be the run's. */
  readonly open?: DataSet | undefined
  /** Where the projector's folder will be served from: a URL that ends in "/". */
  readonly address?: string | undefined
}

const makers = {
  onnx: toOnnx,
  'layers-model': toLayersModel,
  'saved-model': toSavedModel,
  csv: run => Buffer.from(toDelimited(tableOf(run, ['train', 'test']), ',')),
  npz: toNpz,
  npy: toNpy,
} as const satisfies Partial<Record<ExportFormat, (run: Run) => Content>>

/** Those that show images. */
const picturing: Record<
  Exclude<ExportFormat, keyof typeof makers>,
  (run: Run, images: RunImages, options: ExportOptions) => Promise<Content>
> = {
  report: toReport,
  projector: (run, images, { address }) => projectorFiles(run, images, address),
  tensorboard: toTensorBoard,
}

/** For a person: "the encoder as an ONNX model, a file". */
export const whatIs = (format: ExportFormat): string => exportFormats[format].what

const isPlain = (format: ExportFormat): format is keyof typeof makers => Object.hasOwn(makers, format)

/** Whether a format says what each test image's neighbours are, which of more than two features takes a backend. */
export const searches = (format: ExportFormat): boolean => !isPlain(format)

/** A run with all that an export tells of. @throws bad-file naming the file and its fault */
export async function openForExport(folder: string): Promise<Run> {
  return { ...(await openRun(folder)), evaluations: await openEvaluations(folder) }
}

/** A run in one format: a file's content, or a folder's files. */
export async function makeExport(run: Run, format: ExportFormat, options: ExportOptions = {}): Promise<Made> {
  if (isPlain(format)) return { content: makers[format](run), note: null }
  const images = await testImagesOf(run, options.open)
  const note = 'missing' in images ? `It was made without the images. ${images.missing}` : null
  return { content: await picturing[format](run, images, options), note }
}

/**
 * Takes a run out in one format. A file is replaced where there is one, a folder must be new; both appear whole or not
 * at all. @returns what it had to do without, for a person @throws invalid-input: the folder exists; disk-full; bad-file
 */
export async function exportRun(
  run: Run,
  format: ExportFormat,
  path: string,
  options?: ExportOptions,
): Promise<Made['note']> {
  const { content, note } = await makeExport(run, format, options)
  if (content instanceof Uint8Array) await writeFileWhole(path, content)
  else {
    await createFolderAtomically(path, async folder => {
      for (const [name, bytes] of content) {
        await mkdir(dirname(join(folder, name)), { recursive: true })
        await writeFile(join(folder, name), bytes)
      }
    })
  }
  return note
}
