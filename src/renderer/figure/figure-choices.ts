import { z } from 'zod'
import type { Settings } from '../ui/settings.ts'
import { figureThemes } from './figure.ts'
import { resolutions } from './figure-fields.ts'

/** How a person likes their figures; the title is each figure's own. Sizes as they are typed, CSS px. */
const choicesSchema = z.object({
  width: z.string(),
  height: z.string(),
  dpi: z.literal(resolutions),
  theme: z.enum(figureThemes),
  transparent: z.boolean(),
  axes: z.boolean(),
  legend: z.boolean(),
  names: z.boolean(),
  /** In an SVG with many of them, the points are one picture. */
  pictureOfPoints: z.boolean(),
})
export type FigureChoices = z.infer<typeof choicesSchema>

/** 7.5 x 5.6 inches: the width of a page. */
export const defaultChoices: FigureChoices = {
  width: '720',
  height: '540',
  dpi: 300,
  theme: 'print',
  transparent: false,
  axes: true,
  legend: true,
  names: true,
  pictureOfPoints: true,
}

const key = 'figure'

export function keptChoices(settings: Settings): FigureChoices {
  const kept = choicesSchema.safeParse(settings.get(key))
  return kept.success ? kept.data : defaultChoices
}

export const keepChoices = (settings: Settings, choices: FigureChoices): void => settings.set(key, choices)
