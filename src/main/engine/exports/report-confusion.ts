import { escapeHtml, percent, wide } from './report-html.ts'

/** More classes than this do not fit a page as a square: then the most frequent confusions are listed. */
const mostSquare = 24
const mostListed = 40

export interface Named {
  readonly classes: readonly string[]
  /** Of each test image. */
  readonly labels: Uint16Array
  /** What its five nearest training images say. */
  readonly predicted: Uint16Array
}

/** Which test images are named as which class: rows are what they are. */
export function confusion(named: Named): string {
  const counts = new Map<number, Map<number, number>>()
  named.labels.forEach((label, image) => {
    const row = counts.get(label) ?? new Map<number, number>()
    const as = named.predicted[image] as number
    row.set(as, (row.get(as) ?? 0) + 1)
    counts.set(label, row)
  })
  return named.classes.length <= mostSquare ? square(named.classes, counts) : list(named.classes, counts)
}

type Counts = ReadonlyMap<number, ReadonlyMap<number, number>>

const totalOf = (row: ReadonlyMap<number, number> | undefined): number =>
  [...(row?.values() ?? [])].reduce((sum, count) => sum + count, 0)

function square(classes: readonly string[], counts: Counts): string {
  const heads = classes.map(name => `<th scope="col">${escapeHtml(name)}</th>`).join('')
  const rows = classes.map((name, label) => {
    const row = counts.get(label)
    const total = totalOf(row)
    const cells = classes.map((_, as) => {
      const count = row?.get(as) ?? 0
      // Shades of a tenth each: a policy without inline styles allows no finer ones.
      const shade =
        count === 0 ? 'none' : `${as === label ? 'right' : 'wrong'} s${Math.ceil((10 * count) / total)}`
      return `<td class="${shade}">${count}</td>`
    })
    const share = total === 0 ? '–' : percent((row?.get(label) ?? 0) / total)
    return `<tr><th scope="row">${escapeHtml(name)}</th>${cells.join('')}<td>${total}</td><td>${share}</td></tr>`
  })
  const words =
    'Test images by class (rows) and by what most of their five nearest training images are (columns).'
  return `<p>${words}</p>${wide(
    'Confusion table',
    `<table class="confusion"><thead><tr><th scope="col">is \\ named</th>${heads}<th scope="col">images</th><th scope="col">right</th></tr></thead><tbody>${rows.join('')}</tbody></table>`,
  )}`
}

function list(classes: readonly string[], counts: Counts): string {
  const cells = [...counts].flatMap(([label, row]) => {
    const total = totalOf(row)
    return [...row].flatMap(([as, count]) =>
      as === label ? [] : [{ label, as, count, share: count / total }],
    )
  })
  const worst = cells
    .sort((a, b) => b.count - a.count || b.share - a.share || a.label - b.label)
    .slice(0, mostListed)
  if (worst.length === 0)
    return '<p>Every test image is named rightly by its five nearest training images.</p>'
  const name = (label: number): string => escapeHtml(classes[label] ?? 'none')
  const rows = worst.map(
    ({ label, as, count, share }) =>
      `<tr><th scope="row">${name(label)}</th><td>${name(as)}</td><td>${count}</td><td>${percent(share)}</td></tr>`,
  )
  return `<table><caption>The ${worst.length} most frequent confusions of ${cells.length}</caption><thead><tr><th scope="col">is</th><th scope="col">named</th><th scope="col">images</th><th scope="col">of its class</th></tr></thead><tbody>${rows.join('')}</tbody></table>`
}
