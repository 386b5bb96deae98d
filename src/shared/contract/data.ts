import { z } from 'zod'
import { call, latest } from '../rpc/contract-types.ts'
import { bytes, channels, count, index, labels, nothing } from './values.ts'

export const digitsChoiceSchema = z.object({
  /** Whoever names only counts means the digits. */
  kind: z.literal('digits').default('digits'),
  trainCount: count.max(60_000),
  testCount: count.max(10_000),
})
export type DigitsChoice = z.infer<typeof digitsChoiceSchema>

/** Fingerprint of an imported data set's content: its name in the library. */
export const dataSetIdSchema = z.string().regex(/^[0-9a-f]{64}$/, { error: 'This is no data set’s id.' })

export const importedChoiceSchema = z.object({ kind: z.literal('imported'), id: dataSetIdSchema })

/** Which images a training takes: so many of the bundled digits, or a data set of one's own. */
export const dataChoiceSchema = z.union([importedChoiceSchema, digitsChoiceSchema])
export type DataChoice = z.infer<typeof dataChoiceSchema>

export const sizeLimits = { min: 16, max: 128 } as const

export const dataSetNameSchema = z
  .string()
  .trim()
  .min(1, { error: 'A data set needs a name.' })
  .max(120, { error: 'A data set’s name has at most 120 characters.' })

export const importOptionsSchema = z.object({
  name: dataSetNameSchema,
  /** Height and width of every image, pixels. */
  size: z
    .int()
    .min(sizeLimits.min, { error: `Images must be at least ${sizeLimits.min} pixels a side.` })
    .max(sizeLimits.max, { error: `Images can be at most ${sizeLimits.max} pixels a side.` }),
  channels: z.enum(['grey', 'colour']),
  /** `pad`: all of it, in a frame of its border's colour. `crop`: its middle. `stretch`: to every edge. */
  fit: z.enum(['pad', 'crop', 'stretch']),
  /** `auto` inverts grey pictures if most are dark on light, as print and handwriting are. */
  invert: z.enum(['auto', 'yes', 'no']),
  /** `given`: as train and test folders or a column say. Otherwise drawn from each class alike. */
  split: z.union([
    z.literal('given'),
    z.object({
      testShare: z
        .number()
        .gt(0, { error: 'The share of test images must be above 0.' })
        .lt(1, { error: 'The share of test images must be below 1.' }),
      seed: index,
    }),
  ]),
  /** Whether test images that are nearly the same as a training image become training images too. */
  keepTogether: z.boolean().default(false),
})
export type ImportOptions = z.infer<typeof importOptionsSchema>

const pathsSchema = z.array(z.string().min(1)).min(1).max(10_000)
const sizeSchema = z.object({ width: count, height: count })
const skippedSchema = z.object({ name: z.string(), reason: z.string() })

export const importPreviewSchema = z.object({
  /** "a folder per class", "IDX", ... */
  format: z.string(),
  /** Those that were asked for, or else proposed ones. */
  options: importOptionsSchema,
  /** Images that were found, and how many of each class go where, by the classes' order. */
  total: count,
  classes: z.array(z.object({ name: z.string(), train: index, test: index })),
  /** Whether the source says itself which images are for testing. */
  hasGivenSplit: z.boolean(),
  /** Of so many pictures that were looked at. */
  sizes: z.object({ looked: count, smallest: sizeSchema, median: sizeSchema, largest: sizeSchema }),
  hasColour: z.boolean(),
  /** What will be done to each picture, in order, for a person. */
  steps: z.array(z.string()),
  /** Some pictures of each of the first classes as the network will see them, [images, size * size * channels]. */
  samples: z.object({
    names: z.array(z.string()),
    /** Index of the class of each. */
    labels,
    pixels: bytes,
    height: count,
    width: count,
    channels,
    /** The same pictures before anything is done to them but being made small, in colour, [height * width * 3] each. */
    originals: z.array(z.object({ width: count, height: count, pixels: bytes })),
  }),
  /** What cannot be used, as far as it is known before every picture is read. */
  skipped: z.array(skippedSchema),
  /** Sentences. */
  warnings: z.array(z.string()),
})
export type ImportPreview = z.infer<typeof importPreviewSchema>

const scanSchema = z.object({
  phase: z.enum(['opening', 'looking', 'done']),
  /** Images found by now. */
  found: index,
  preview: importPreviewSchema.nullable(),
})
export type Scan = z.infer<typeof scanSchema>

const duplicateSchema = z.object({ train: z.string(), test: z.string() })

export const importedSchema = z.object({
  id: dataSetIdSchema,
  name: z.string(),
  created: z.iso.datetime(),
  /** Where it came from: the paths that were chosen, and their format. */
  paths: z.array(z.string()),
  format: z.string(),
  classes: z.array(z.string()),
  height: count,
  width: count,
  channels,
  trainCount: count,
  testCount: count,
  /** Bytes on the disk. */
  bytes: count,
  skipped: index,
})
export type ImportedDataSet = z.infer<typeof importedSchema>

const importReportSchema = z.object({
  dataSet: importedSchema,
  /** What was left out, with its reason. */
  skipped: z.array(skippedSchema),
  /** Pairs across the split that are nearly the same picture, by their names; the first thousand. */
  duplicates: z.array(duplicateSchema),
  /** The first of these pairs as the network sees them, training image, then test image: [2 * pairs, height * width * channels]. */
  duplicatePictures: z.object({ pairs: index, pixels: bytes }),
  /** The same content was in the library already. */
  known: z.boolean(),
})
export type ImportReport = z.infer<typeof importReportSchema>

const importProgressSchema = z.object({
  phase: z.enum(['opening', 'reading', 'comparing', 'writing', 'done']),
  /** Pictures read, of all that were found. */
  done: index,
  total: index,
  id: dataSetIdSchema.nullable(),
  /** At the end. */
  report: importReportSchema.nullable(),
})
export type ImportProgress = z.infer<typeof importProgressSchema>

const listedSchema = z.object({
  id: z.string(),
  /** Null where it cannot be read. */
  dataSet: importedSchema.nullable(),
  /** What is wrong with it, for a person. */
  fault: z.string().nullable(),
})
export type ListedDataSet = z.infer<typeof listedSchema>

/** Data sets of one's own: looked at before they are imported, imported, and kept in a library. */
export const dataCalls = {
  /** What is in folders or files, and what would become of it. `options` null: proposed. Nothing is written. */
  scanSource: latest({
    input: z.object({ paths: pathsSchema, options: importOptionsSchema.nullable() }),
    item: scanSchema,
    paceMs: 100,
  }),
  /** Imports into the library. Whoever stops listening cancels it, and nothing is left of it. */
  importSource: latest({
    input: z.object({ paths: pathsSchema, options: importOptionsSchema }),
    item: importProgressSchema,
    paceMs: 100,
  }),
  /** The library, newest first. */
  dataSets: call({ input: nothing, output: z.array(listedSchema) }),
  /**
   * What the table that the open data set was imported with says of its test images beside their class: a CSV with a header and a row
   * an image. Null where there is none.
   */
  dataTable: call({ input: nothing, output: z.string().nullable() }),
  renameDataSet: call({
    input: z.object({ id: dataSetIdSchema, name: dataSetNameSchema }),
    output: listedSchema,
  }),
  /**
   * Moves it to the bin; the pictures that it was made of stay where they are. Not while it is open.
   * @returns under which name it lies there, and where the bin is
   */
  removeDataSet: call({
    input: z.object({ id: dataSetIdSchema }),
    output: z.object({ binned: z.string(), bin: z.string() }),
  }),
  /** Brings a data set back from the bin. */
  restoreDataSet: call({ input: z.object({ binned: z.string().min(1).max(255) }), output: listedSchema }),
} as const
