/** What was asked for, oldest first, and where one stands in it. A new value for every change. */
export interface History<T> {
  readonly entries: readonly T[]
  /** -1 while empty. */
  readonly at: number
}

export interface HistoryLimits<T> {
  readonly entries: number
  readonly bytes: number
  bytesOf(entry: T): number
}

export const emptyHistory = { entries: [], at: -1 } as const

/** What lay ahead is forgotten, as in a browser; what is oldest goes once there is too much of it. */
export function remember<T>(history: History<T>, entry: T, limits: HistoryLimits<T>): History<T> {
  const entries = [...history.entries.slice(0, history.at + 1), entry]
  let bytes = entries.reduce((sum, kept) => sum + limits.bytesOf(kept), 0)
  let first = 0
  while (first < entries.length - 1 && (entries.length - first > limits.entries || bytes > limits.bytes)) {
    bytes -= limits.bytesOf(entries[first] as T)
    first++
  }
  return { entries: entries.slice(first), at: entries.length - first - 1 }
}

/** @returns the entry `step` away; undefined past either end */
export const entryAt = <T>(history: History<T>, step: -1 | 0 | 1): T | undefined =>
  history.entries[history.at + step]

export const move = <T>(history: History<T>, step: -1 | 1): History<T> => moveTo(history, history.at + step)

/** The entry one is at becomes another one; what lies before and ahead stays. */
export const amend = <T>(history: History<T>, entry: T): History<T> => ({
  ...history,
  entries: history.entries.map((kept, i) => (i === history.at ? entry : kept)),
})

export const moveTo = <T>(history: History<T>, at: number): History<T> =>
  history.entries[at] === undefined ? history : { ...history, at }
