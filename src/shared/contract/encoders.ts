import { z } from 'zod'
import { latest } from '../rpc/contract-types.ts'
import { bytes, count, index } from './values.ts'

/** An encoder that was trained elsewhere and is open here. */
export const openedEncoderSchema = z.object({
  /** Of its file. */
  name: z.string(),
  format: z.enum(['ONNX', 'TensorFlow.js']),
  /** Which program wrote the file, and the name of the run if the file says it; empty where it does not. */
  madeBy: z.string(),
  run: z.string(),
  /** Features of an image. */
  embeddingSize: count,
})
export type OpenedEncoder = z.infer<typeof openedEncoderSchema>

export const mostEncoderFiles = 100

/** An ONNX file; a model.json with the files of its weights; a zip or a folder of those. */
const encoderSourceSchema = z.union([
  z.object({ paths: z.array(z.string().min(1)).min(1).max(mostEncoderFiles) }),
  z.object({
    files: z
      .array(z.object({ name: z.string().min(1).max(255), file: bytes }))
      .min(1)
      .max(mostEncoderFiles),
  }),
])
export type EncoderSource = z.infer<typeof encoderSourceSchema>

const encoderProgressSchema = z.object({
  phase: z.enum(['opening', 'embedding', 'measuring', 'done']),
  /** Images embedded, of all of the data set. */
  done: index,
  total: index,
})
export type EncoderProgress = z.infer<typeof encoderProgressSchema>

export const encoderCalls = {
  /**
   * Places the images of the open data set by an encoder of another tool, which then stands where a run's would: searches and
   * figures are by it. Whoever stops listening cancels it, and what was open stays. Refused as `busy` while something
   * trains.
   */
  importEncoder: latest({ input: encoderSourceSchema, item: encoderProgressSchema, paceMs: 100 }),
} as const
