import type { Run } from '../runs/run-folder.ts'

const [width, height, edge] = [720, 400, 12]

/** More points than this are a sample, so that the page opens at once: about 120 bytes each. */
export const mostPoints = 5000

const mostLosses = 1000

interface Range {
  readonly from: number
  readonly to: number
}

const ranging = (values: readonly number[]): Range =>
  values.reduce(({ from, to }, v) => ({ from: Math.min(from, v), to: Math.max(to, v) }), {
    from: Number.POSITIVE_INFINITY,
    to: Number.NEGATIVE_INFINITY,
  })

const place = (value: number, { from, to }: Range, length: number): number =>
  edge + ((value - from) / (to - from || 1)) * (length - 2 * edge)

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
export const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, c => entities[c] as string)

const figure = (content: string, says: string): string =>
  `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeHtml(says)}">${content}</svg>`

/** Loss by iteration; of long trainings the mean of so many neighbours. */
export function lossPlot(losses: Float32Array): string {
  const each = Math.ceil(losses.length / mostLosses)
  const means = Array.from({ length: Math.ceil(losses.length / each) }, (_, i) => {
    const some = losses.subarray(i * each, (i + 1) * each)
    return some.reduce((sum, loss) => sum + loss, 0) / some.length
  })
  const { to } = ranging(means)
  const range = { from: 0, to }
  const at = (mean: number, i: number): string =>
    `${place(i, { from: 0, to: means.length - 1 }, width).toFixed(1)},${(height - place(mean, range, height)).toFixed(1)}`
  const line = `<polyline class="line" points="${means.map(at).join(' ')}"/>`
  const axis = `<path class="axis" d="M${edge} ${edge}V${height - edge}H${width - edge}"/>`
  const top = `<text class="scale" x="${edge + 6}" y="${edge + 12}">${to.toPrecision(3)}</text>`
  const end = `<text class="scale end" x="${width - edge}" y="${height - edge - 6}">iteration ${losses.length}</text>`
  return figure(
    axis + line + top + end,
    `Loss from ${means[0]?.toPrecision(3)} to ${means.at(-1)?.toPrecision(3)}`,
  )
}

/** The test images by their first two features; pointed at, each says its number and class. */
export function pointPlot({ config, test: { embedding, labels } }: Run): string {
  const { values, count, size } = embedding
  const { classes } = config.data
  const step = Math.max(1, count / mostPoints)
  const shown = Array.from({ length: Math.min(count, mostPoints) }, (_, i) => Math.floor(i * step))
  const feature = (index: number, which: number): number =>
    which < size ? (values[index * size + which] as number) : 0
  const [across, up] = [0, 1].map(which => ranging(shown.map(index => feature(index, which))))
  const x = (value: number): string => place(value, across as Range, width).toFixed(1)
  const y = (value: number): string => (height - place(value, up as Range, height)).toFixed(1)
  const nameOf = (label: number): string => escapeHtml(classes[label] as string)
  const colour = (label: number): string => `oklch(0.62 0.15 ${Math.round((label * 360) / classes.length)})`
  const points = shown.map(index => {
    const label = labels[index] as number
    const title = `<title>${nameOf(label)}, test image ${index}</title>`
    return `<circle cx="${x(feature(index, 0))}" cy="${y(feature(index, 1))}" r="3" fill="${colour(label)}">${title}</circle>`
  })
  const names = [...new Set(labels)].map(label => {
    const of = shown.filter(index => labels[index] === label)
    const mean = (which: number): number =>
      of.reduce((sum, index) => sum + feature(index, which), 0) / of.length
    return of.length === 0 ? '' : `<text x="${x(mean(0))}" y="${y(mean(1))}">${nameOf(label)}</text>`
  })
  return figure(points.join('') + names.join(''), `${shown.length} test images by their first two features`)
}
