import { effectScope, type ShallowRef, shallowRef, watch } from 'vue'
import { imagesKey } from '../../datasets/same-images.ts'
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

function createTables(
  { client, data }: Pick<Engine, 'client' | 'data'>,
  { colouring }: Pick<ExplorerState, 'colouring'>,
): TablesState {
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
  /** Those that came with the images are there to be chosen; nothing is coloured by them until someone does. */
  const offerOwn = async () => {
    const { value: images } = data
    if (images === null) return
    try {
      const text = await client.dataTable(undefined)
      if (text === null || data.value !== images) return
      const name = `${images.name} (as imported)`
      const read = await openTable(new File([text], name), images.testCount)
      if (data.value !== images) return
      if ('fault' in read) fault.value = `${name}: ${read.fault}`
      else tables.value = [{ name, columns: read.columns }, ...tables.value.filter(one => one.name !== name)]
    } catch (error) {
      fault.value = errorNotice(error).text
    }
  }
  watch(data, (now, before) => {
    const isNamedAlike = now?.name === before?.name
    if (isNamedAlike && imagesKey(now) === imagesKey(before) && now?.missing === before?.missing) return
    if (before !== null && !(isNamedAlike && now?.testCount === before.testCount)) {
      tables.value = []
      fault.value = null
    }
    void offerOwn()
  })
  void offerOwn()
  return state
}

const states = new WeakMap<Engine, TablesState>()

/** The engine's tables; they belong to the images that they were opened beside. */
export function useTables(): TablesState {
  const engine = useEngine()
  const explorer = useExplorer()
  const known = states.get(engine)
  if (known !== undefined) return known
  const state = effectScope(true).run(() => createTables(engine, explorer)) as TablesState
  states.set(engine, state)
  return state
}
