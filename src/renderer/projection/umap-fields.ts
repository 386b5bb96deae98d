import type { UmapSettings } from './umap.ts'

/** How one of UMAP's settings is asked for. */
export interface UmapField {
  readonly name: 'neighbours' | 'minDistance' | 'seed'
  readonly label: string
  readonly help: string
  readonly min: number
  readonly max: number
  readonly integer: boolean
}

export const umapFields: readonly UmapField[] = [
  {
    name: 'neighbours',
    label: 'Neighbours',
    help: 'Few show detail, many the large picture.',
    min: 2,
    max: 200,
    integer: true,
  },
  {
    name: 'minDistance',
    label: 'Least distance',
    help: 'How close points may lie: 0 packs them tight.',
    min: 0,
    max: 0.99,
    integer: false,
  },
  {
    name: 'seed',
    label: 'Seed',
    help: 'The same seed makes the same picture.',
    min: 0,
    max: 2 ** 31,
    integer: true,
  },
]

export type UmapTexts = Readonly<Record<UmapField['name'], string>>

/** umap-learn's own defaults. */
export const umapDefaults: UmapTexts = { neighbours: '15', minDistance: '0.1', seed: '1' }

/** What is wrong with a field as it was typed; null when nothing is. */
export function umapFault({ label, min, max, integer }: UmapField, text: string): string | null {
  const value = text.trim() === '' ? Number.NaN : Number(text)
  if (value >= min && value <= max && (!integer || Number.isInteger(value))) return null
  return `${label} must be a ${integer ? 'whole ' : ''}number from ${min} to ${max}.`
}

/** @returns null while something is wrong with one of them */
export function umapSettings(texts: UmapTexts, dimensions: number): UmapSettings | null {
  if (umapFields.some(field => umapFault(field, texts[field.name]) !== null)) return null
  const { neighbours, minDistance, seed } = texts
  return { dimensions, neighbours: Number(neighbours), minDistance: Number(minDistance), seed: Number(seed) }
}
