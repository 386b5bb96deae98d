import type { RunSummary } from '../../shared/contract.ts'
import { formatCount, formatDuration, formatShare } from '../ui/format.ts'

/** One column of the list of runs. */
export interface RunColumn {
  readonly name: string
  readonly title: string
  /** By which it is sorted; null comes last either way. */
  readonly key: (run: RunSummary) => number | string | null
  readonly text: (run: RunSummary) => string
  /** Figures stand right. */
  readonly figures: boolean
  /** Which way it is sorted first. */
  readonly first: 'ascending' | 'descending'
}

const date = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' })

export const formatTime = (iso: string): string => date.format(new Date(iso))

const figures = (
  name: string,
  title: string,
  key: (about: NonNullable<RunSummary['about']>) => number | null,
  text: (value: number) => string,
): RunColumn => {
  const of = ({ about }: RunSummary) => (about === null ? null : key(about))
  const told = (run: RunSummary): string => {
    const value = of(run)
    return value === null ? '–' : text(value)
  }
  return { name, title, key: of, text: told, figures: true, first: 'descending' }
}

/** What a run is called. */
export const titleOf = ({ notes, name }: RunSummary): string => notes.title || name

export const runColumns: readonly RunColumn[] = [
  {
    name: 'name',
    title: 'Name',
    key: run => titleOf(run).toLowerCase(),
    text: titleOf,
    figures: false,
    first: 'ascending',
  },
  figures('knn', '5-NN accuracy', ({ quality }) => quality.knnAccuracy, formatShare),
  figures(
    'auc',
    'AUC',
    ({ quality }) => quality.auc,
    value => value.toFixed(3),
  ),
  {
    name: 'created',
    title: 'Saved',
    key: ({ about }) => about?.created ?? null,
    text: ({ about }) => (about === null ? '–' : formatTime(about.created)),
    figures: false,
    first: 'descending',
  },
  {
    name: 'data',
    title: 'Data set',
    key: ({ about }) => about?.data.name.toLowerCase() ?? null,
    text: ({ about }) =>
      about === null
        ? '–'
        : `${about.data.name}, ${formatCount(about.data.trainCount)} / ${formatCount(about.data.testCount)}`,
    figures: false,
    first: 'ascending',
  },
  figures('margin', 'Margin', ({ hyperparameters }) => hyperparameters.margin, String),
  figures('learningRate', 'Learning rate', ({ hyperparameters }) => hyperparameters.learningRate, String),
  figures('iterations', 'Iterations', ({ iterations }) => iterations, formatCount),
  figures('seconds', 'Time', ({ seconds }) => seconds, formatDuration),
]

export interface RunOrder {
  readonly column: string
  readonly direction: 'ascending' | 'descending'
}

/** Runs that hold every word of a search in their name, title, note, tags or data set, in order. */
export function listed(
  runs: readonly RunSummary[],
  search: string,
  { column, direction }: RunOrder,
): RunSummary[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const found = runs.filter(run => {
    const { notes, name, about } = run
    const text = [name, notes.title, notes.note, ...notes.tags, about?.data.name ?? '']
      .join('\n')
      .toLowerCase()
    return words.every(word => text.includes(word))
  })
  const key = runColumns.find(one => one.name === column)?.key
  if (key === undefined) return found
  const sign = direction === 'ascending' ? 1 : -1
  return found.toSorted((a, b) => {
    const [x, y] = [key(a), key(b)]
    if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1
    return x === y ? 0 : x < y ? -sign : sign
  })
}
