import type { Shape } from '../../shared/drawing/markers.ts'
import { shapeOf } from '../../shared/drawing/markers.ts'
import { cut, type FigureContent, type Measure } from './figure.ts'
import { entryOf, type VisiblePoints } from './visible-points.ts'

export interface LegendEntry {
  /** Null: the grey of what is not selected. */
  readonly entry: number | null
  readonly shape: Shape
  readonly text: string
  /** Points in the figure. */
  readonly count: number
}

/** What a figure's legend says, and how it is laid out in columns. */
export interface Legend {
  readonly heading: string
  /** A range from low to high in place of entries. */
  readonly range: readonly [low: string, high: string] | null
  readonly entries: readonly LegendEntry[]
  /** Entries that found no room. */
  readonly left: number
  readonly rows: number
  readonly columnWidth: number
  readonly rowHeight: number
  readonly fontSize: number
  readonly width: number
}

const number = (value: number): string => value.toLocaleString('en')
export const countText = (count: number): string => number(count)

/** From what reads well to what still can be read, px. */
const sizes = [
  { fontSize: 12, rowHeight: 18, mostName: 150 },
  { fontSize: 10, rowHeight: 14, mostName: 130 },
  { fontSize: 8, rowHeight: 11, mostName: 110 },
  { fontSize: 8, rowHeight: 11, mostName: 80 },
  { fontSize: 8, rowHeight: 11, mostName: 60 },
  { fontSize: 8, rowHeight: 11, mostName: 40 },
] as const

export const markerRoom = 16
const gap = 14

/** @param height of the room, px @param mostWidth so much of the figure at most, px */
export function legendOf(
  content: FigureContent,
  points: VisiblePoints,
  { height, mostWidth, measure }: { height: number; mostWidth: number; measure: Measure },
): Legend {
  const { colours } = content
  const heading = colours?.name ?? ''
  if (colours?.kind === 'figure') {
    const range = [colours.legend[0] ?? '', colours.legend.at(-1) ?? ''] as const
    const width = Math.max(measure(heading, 12, true), 24 + Math.max(...range.map(text => measure(text, 11))))
    const none = { entries: [], left: 0, rows: 0, columnWidth: 0, rowHeight: 0, fontSize: 12 }
    return { ...none, heading, range, width: Math.min(width, mostWidth) }
  }
  const all = entriesOf(content, points)
  const room = height - (heading === '' ? 0 : 22)
  for (const step of sizes) {
    const { fontSize, rowHeight, mostName } = step
    const laid = columnsOf(all, fontSize, mostName, measure)
    const rows = Math.max(1, Math.floor(room / rowHeight))
    const columns = Math.max(1, Math.ceil(all.length / rows))
    const fits = columns * laid.columnWidth - gap <= mostWidth
    if (!fits && step !== sizes.at(-1)) continue
    const taken = fits ? columns : Math.max(1, Math.floor((mostWidth + gap) / laid.columnWidth))
    const shown = fits ? all.length : Math.min(all.length, taken * rows - 1)
    return {
      ...{ heading, range: null, rows, rowHeight, fontSize, columnWidth: laid.columnWidth },
      entries: laid.entries.slice(0, shown),
      left: all.length - shown,
      width: Math.max(taken * laid.columnWidth - gap, measure(heading, 12, true)),
    }
  }
  throw new Error('A legend has a smallest size.')
}

function columnsOf(entries: readonly LegendEntry[], fontSize: number, mostName: number, measure: Measure) {
  const short = entries.map(one => ({ ...one, text: cut(one.text, mostName, fontSize, measure) }))
  const widest = (text: (one: LegendEntry) => string) =>
    short.reduce((most, one) => Math.max(most, measure(text(one), fontSize)), 0)
  const columnWidth = markerRoom + widest(one => one.text) + 10 + widest(one => countText(one.count)) + gap
  return { entries: short, columnWidth }
}

/** Those of which at least one point is in the figure. */
function entriesOf(content: FigureContent, { indices, greys }: VisiblePoints): LegendEntry[] {
  const names = content.colours?.legend ?? content.classes
  const counts = new Uint32Array(names.length)
  for (const index of indices.subarray(greys)) {
    const entry = entryOf(content, index)
    counts[entry] = (counts[entry] as number) + 1
  }
  const shaped = content.shapes && (content.colours === null || content.colours.shaped === true)
  const entries: LegendEntry[] = names.flatMap((text, entry) => {
    const count = counts[entry] as number
    return count === 0 ? [] : [{ entry, shape: shaped ? shapeOf(entry) : 'circle', text, count }]
  })
  return greys === 0
    ? entries
    : [...entries, { entry: null, shape: 'circle', text: 'not selected', count: greys }]
}
