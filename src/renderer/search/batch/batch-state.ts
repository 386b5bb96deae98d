import { type ComputedRef, computed, type ShallowRef, shallowRef, watch } from 'vue'
import type { Found } from '../../../shared/contract.ts'
import { adviceFor, type WireError } from '../../../shared/errors.ts'
import type { Engine } from '../../engine.ts'
import { errorNotice } from '../../ui/error-notice.ts'
import type { Choice } from '../choice-state.ts'
import { inMessages } from '../gallery/in-messages.ts'
import { perEngine } from '../per-engine.ts'

/** One of several pictures that were brought at once. */
export interface Row {
  readonly file: File
  readonly found: Found | null
  /** Why it could not be searched with, in words. */
  readonly fault: string | null
}

export interface BatchState {
  readonly rows: ShallowRef<readonly Row[]>
  /** How many have been answered; null while none are on their way. */
  readonly done: ShallowRef<number | null>
  readonly faults: ComputedRef<number>
  /** The gallery that the rows are of, for their images. */
  readonly folder: ShallowRef<string | null>
  readonly fault: ShallowRef<string | null>
  /** Searches with each; rows of before are put away. @param files at most `mostRows` */
  start(files: readonly File[], choice: Choice): Promise<void>
  /** Those that were answered stay. */
  cancel(): void
  clear(): void
}

/** As many as one looks through by eye; more are a folder. */
export const mostRows = 200

/** Neighbours in a row: what fits beside the query at the panel's least width, on two lines. */
const rowNeighbours = 9

/** Few at a time: the rows fill as one looks, and the engine has time for other questions between them. */
const messageRows = 10

export function createBatch({
  client,
  data,
  points,
}: Pick<Engine, 'client' | 'data' | 'points'>): BatchState {
  const rows = shallowRef<readonly Row[]>([])
  const done = shallowRef<number | null>(null)
  const folder = shallowRef<string | null>(null)
  const fault = shallowRef<string | null>(null)
  let current: AbortController | null = null

  const put = (at: number, row: Partial<Row>) => {
    rows.value = rows.value.map((kept, i) => (i === at ? { ...kept, ...row } : kept))
    done.value = rows.value.filter(({ fault, found }) => fault !== null || found !== null).length
  }
  const cancel = () => {
    current?.abort()
    current = null
    done.value = null
  }
  const clear = () => {
    cancel()
    rows.value = []
    fault.value = null
  }
  watch([points, data], ([hasPoints, hasData], [, hadData]) => {
    if (hasPoints === null || hasData?.name !== hadData?.name) clear()
  })

  return {
    rows,
    done,
    faults: computed(() => rows.value.filter(row => row.fault !== null).length),
    folder,
    fault,
    async start(files, choice) {
      clear()
      const mine = new AbortController()
      current = mine
      const { signal } = mine
      rows.value = files.map(file => ({ file, found: null, fault: null }))
      folder.value = choice.gallery.kind === 'pictures' ? choice.gallery.gallery : null
      done.value = 0
      const asked = { ...choice, count: Math.min(choice.count, rowNeighbours) }
      const numbered = files.map((file, at) => ({ file, at }))
      try {
        for await (const read of inMessages(numbered, { most: messageRows })) {
          if (signal.aborted) return
          for (const { of, fault } of read.faults) put(of.at, { fault })
          if (read.pictures.length === 0) continue
          const queries = read.pictures.map(({ name, file }) => ({ kind: 'picture', name, file }) as const)
          for await (const { row, found, error } of client.searchMany({ queries, ...asked }, { signal })) {
            const at = read.pictures[row]?.of.at
            if (at !== undefined) put(at, error === null ? { found } : { fault: wordsOf(error) })
          }
        }
      } catch (error) {
        if (current === mine) fault.value = errorNotice(error).text
      }
      if (current === mine) cancel()
    },
    cancel,
    clear,
  }
}

const wordsOf = ({ kind, message }: WireError): string => `${message} ${adviceFor(kind)}`

export const useBatch: () => BatchState = perEngine(createBatch)
