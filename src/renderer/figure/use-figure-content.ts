import { useExplorer } from '../explorer/explorer-state.ts'
import { useScatter } from '../explorer/use-scatter.ts'
import type { FigureContent } from './figure.ts'

/** @returns gives what is on the screen now, and a title for it; null while nothing is */
export function useFigureContent(): () => { readonly content: FigureContent; readonly title: string } | null {
  const { view } = useExplorer()
  const { content, look, title } = useScatter()
  return () => {
    const { scene, classes, palette, colours } = content.value
    if (scene === null) return null
    const { hidden, only, selected, shapes, marks, paths = null, contours = 'none' } = look.value
    const chosen = { hidden, only, selected, shapes, view: view.value }
    return {
      content: { scene, classes, palette, colours, ...chosen, marks, paths, contours },
      title: title.value,
    }
  }
}
