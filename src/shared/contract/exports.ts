import { z } from 'zod'
import { call } from '../rpc/contract-types.ts'
import { bytes } from './values.ts'

/** What a run can be taken out as, in the order of how many ask for it. */
export const exportFormats = {
  report: { label: 'Report', what: 'a page that tells of the run, one HTML file' },
  onnx: { label: 'ONNX', what: 'the encoder as an ONNX model, a file' },
  'layers-model': { label: 'TensorFlow.js', what: 'the encoder as a LayersModel, a folder' },
  'saved-model': { label: 'TensorFlow and Keras', what: 'the encoder as a SavedModel, a folder' },
  csv: { label: 'CSV', what: 'all images’ features as a table, a file' },
  npz: { label: 'NumPy, one file', what: 'features and labels, .npz' },
  npy: { label: 'NumPy arrays', what: 'the same as arrays of their own, a folder' },
  projector: {
    label: 'Embedding Projector',
    what: 'the test images and their features for TensorFlow’s projector, a folder',
  },
  tensorboard: {
    label: 'TensorBoard',
    what: 'losses, quality, hyperparameters and the projector’s files, a folder',
  },
} as const

export type ExportFormat = keyof typeof exportFormats
export const exportNames = Object.keys(exportFormats) as [ExportFormat, ...ExportFormat[]]

const exportedSchema = z.object({
  /** A file name with its ending; a folder comes as a zip. */
  name: z.string(),
  file: bytes,
  /** What it had to do without, for a person. */
  note: z.string().nullable(),
})
export type Exported = z.infer<typeof exportedSchema>

export const exportCalls = {
  /** Takes a run of the library out in one format. Refused where that is more than a message takes. */
  exportRun: call({
    input: z.object({ name: z.string().min(1).max(255), format: z.enum(exportNames) }),
    output: exportedSchema,
  }),
} as const
