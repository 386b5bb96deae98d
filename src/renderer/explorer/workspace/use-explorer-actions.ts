import { useTurning } from '../../projection/turning.ts'
import { useExplorer } from '../explorer-state.ts'
import { useExplorerHistory } from '../history/explorer-history.ts'
import { useSelecting } from '../selection/use-selecting.ts'
import type { ExplorerAction } from './explorer-keys.ts'

/** Does what a key or a button asks for. @param pointed the point that the keyboard or the pointer is at; -1 none */
export function useExplorerActions(pointed: () => number): (action: ExplorerAction) => void {
  const { only, selected, tool } = useExplorer()
  const selecting = useSelecting()
  const history = useExplorerHistory()
  const { solid } = useTurning()
  return action => {
    switch (action.do) {
      case 'tool':
        if (action.tool !== 'turn' || solid.value) tool.value = action.tool
        return
      case 'only':
        if (selected.value !== null) only.value = selected.value
        return
      case 'toggle':
        if (pointed() >= 0) selecting.toggle(pointed())
        return
      case 'class':
        if (pointed() >= 0) selecting.classOf(pointed())
        return
      case 'all':
      case 'none':
      case 'invert':
        selecting[action.do]()
        return
      case 'undo':
      case 'redo':
        history[action.do]()
        return
      default:
        action satisfies never
    }
  }
}
