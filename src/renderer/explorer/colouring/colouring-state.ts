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

export interface TablesState {
  /** In the order in which they were opened; one of the same name takes the other's place. */
  readonly tables: ShallowRef<readonly Table[]>
  readonly fault: ShallowRef<string | null>
  /** Colours by the first column of a table, once it is read. */
  open(file: File): Promise<void>
}

function createTables(data: Engine['data'], { colouring }: Pick<ExplorerState, 'colouring'>): TablesState {
  const tables = shallowRef<readonly Table[]>([])
  const fault = shallowRef<string | null>(null)
  const state: TablesState = {
    tables,
    fault,
    async open(file) {
      const { value: images } = data
      if (images === null) return
      try {
        const read = await openTable(file, images.testCount)
        if (data.value !== images) return
        fault.value = 'fault' in read ? `${file.name}: ${read.fault}` : null
        if ('fault' in read) return
        const { name } = file
        tables.value = [...tables.value.filter(one => one.name !== name), { name, columns: read.columns }]
        colouring.value = { by: 'column', table: name, name: read.columns[0]?.name ?? '' }
      } catch (error) {
        fault.value = errorNotice(error).text
      }
    },
  }
  watch(data, (now, before) => {
    if (before === null || (now?.name === before.name && now.testCount === before.testCount)) return
    tables.value = []
    fault.value = null
  })
  return state
}

const states = new WeakMap<Engine, TablesState>()

/** The engine's tables; they belong to the images that they were opened beside. */
export function useTables(): TablesState {
  const engine = useEngine()
  const explorer = useExplorer()
  const known = states.get(engine)
  if (known !== undefined) return known
  const state = effectScope(true).run(() => createTables(engine.data, explorer)) as TablesState
  states.set(engine, state)
  return state
}
