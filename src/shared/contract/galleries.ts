import { z } from 'zod'
import { wireErrorSchema } from '../errors.ts'
import { bytes, index, indices, labels } from './values.ts'

/**
 * What is searched in: the test images as they fall now, the training images (after a training), both, or pictures of
 * one's own that `addPictures` has brought.
 */
export const gallerySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('test') }),
  z.object({ kind: z.literal('train') }),
  z.object({ kind: z.literal('both') }),
  z.object({ kind: z.literal('pictures'), gallery: z.string() }),
])
export type Gallery = z.infer<typeof gallerySchema>

/** Where a neighbour is from, by number. */
export const originNames = ['test', 'train', 'pictures'] as const
export type Origin = (typeof originNames)[number]

/** The label of a picture whose class nobody knows. */
export const noClass = 0xffff

/** How much may be brought: in one message, to one gallery, and galleries at a time. */
export const galleryLimits = {
  messagePictures: 100,
  /** Of a message's files together: a frame holds little more. */
  messageBytes: 48_000_000,
  pictures: 20_000,
  galleries: 16,
} as const

/** A picture that could not be used, and why. */
export const refusalSchema = z.object({ name: z.string(), error: wireErrorSchema })
export type Refusal = z.infer<typeof refusalSchema>

export const broughtSchema = z.object({
  name: z.string(),
  file: bytes,
  /** Index of its class, where that is known. */
  label: index.optional(),
})
export type Brought = z.infer<typeof broughtSchema>

export const galleryStateSchema = z.object({
  gallery: z.string(),
  /** Pictures in it by now. */
  count: index,
  /** Those of this message that are not, in their order. */
  refused: z.array(refusalSchema),
})
export type GalleryState = z.infer<typeof galleryStateSchema>

export const galleryPicturesSchema = z.object({
  indices,
  names: z.array(z.string()),
  /** As the network sees them, [indices.length, height * width * channels]. */
  pixels: bytes,
  labels,
})
export type GalleryPictures = z.infer<typeof galleryPicturesSchema>

export const addPicturesSchema = z.object({
  /** The gallery they go to; left out for a new one. */
  gallery: z.string().optional(),
  pictures: z
    .array(broughtSchema)
    .min(1)
    .max(galleryLimits.messagePictures)
    .refine(
      pictures => pictures.reduce((sum, { file }) => sum + file.length, 0) <= galleryLimits.messageBytes,
      'These pictures are too large to be brought at once.',
    ),
})
