import { z } from 'zod'

/** Pixels are bytes, [count, height * width * channels] row by row, channel last; labels are indices into the data set's classes, [count]. */
export const bytes: z.ZodType<Uint8Array, Uint8Array> = z.instanceof(Uint8Array)
export const labels: z.ZodType<Uint16Array, Uint16Array> = z.instanceof(Uint16Array)
export const indices: z.ZodType<Int32Array, Int32Array> = z.instanceof(Int32Array)
export const floats: z.ZodType<Float32Array, Float32Array> = z.instanceof(Float32Array)
export const doubles: z.ZodType<Float64Array, Float64Array> = z.instanceof(Float64Array)
export const nothing = z.undefined()
export const index = z.int().nonnegative()
export const count = z.int().positive()
/** 1: grey. 3: red, green, blue. */
export const channels = z.union([z.literal(1), z.literal(3)])
/** Shares from 0 to 1; null where they cannot be measured. */
export const share = z.number().nullable()

export const splitSchema = z.enum(['train', 'test'])
export type Split = z.infer<typeof splitSchema>
