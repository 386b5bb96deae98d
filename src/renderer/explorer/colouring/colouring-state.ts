import { effectScope, type ShallowRef, shallowRef, watch } from 'vue'
import { type Engine, useEngine } from '../../engine.ts'
import { errorNotice } from '../../ui/error-notice.ts'
import { type ExplorerState, useExplorer } from '../explorer-state.ts'
import { openTable } from './open-table.ts'
import type { TableColumn } from './table.ts'

export interface Table {
  readonly name: string
  readonly columns: readonly TableColumn[]
}

export interface TableState {
  readonly table: ShallowRef<Table | null>
  readonly fault: ShallowRef<string | null>
  /** Colours by the first column of a table, once it is read. */
  open(file: File): Promise<void>
}

function createTable(data: Engine['data'], { colouring }: Pick<ExplorerState, 'colouring'>): TableState {
  const table = shallowRef<Table | null>(null)
  const fault = shallowRef<string | null>(null)
  const state: TableState = {
    table,
    fault,
    async open(file) {
      const { value: images } = data
      if (images === null) return
      try {
        const read = await openTable(file, images.testCount)
        if (data.value !== images) return
        fault.value = 'fault' in read ? `${file.name}: ${read.fault}` : null
        if ('fault' in read) return
        table.value = { name: file.name, columns: read.columns }
        colouring.value = { by: 'column', name: read.columns[0]?.name ?? '' }
      } catch (error) {
        fault.value = errorNotice(error).text
      }
    },
  }
  watch(data, (now, before) => {
    if (before === null || (now?.name === before.name && now.testCount === before.testCount)) return
    table.value = null
    fault.value = null
  })
  return state
}

const states = new WeakMap<Engine, TableState>()

/** The engine's one table; it belongs to the images that it was opened beside. */
export function useTable(): TableState {
  const engine = useEngine()
  const explorer = useExplorer()
  const known = states.get(engine)
  if (known !== undefined) return known
  const state = effectScope(true).run(() => createTable(engine.data, explorer)) as TableState
  states.set(engine, state)
  return state
}
