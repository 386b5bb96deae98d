import { usePreferredDark } from '@vueuse/core'
import { type ComputedRef, computed, onScopeDispose, watchEffect } from 'vue'
import { useSelection } from '../../search/selection.ts'
import { useExplorer } from '../explorer-state.ts'
import type { PointColours } from '../point-colours.ts'
import { withoutValue } from '../splits/shown-images.ts'
import { useCurrentAnalysis } from '../use-current-analysis.ts'
import { useTables } from './colouring-state.ts'
import { coloursOfCategories, coloursOfFigures, distancesTo } from './colours-of.ts'
import { agreeing, rampOf } from './ramp.ts'

/** The colours that were asked for, or in words why there are none yet. */
type Made = PointColours | string

/**
 * Keeps the points' colours to what was chosen, while the explorer is open; elsewhere they are those of the classes.
 * @returns why the points are coloured by class though something else was chosen; null where they are as asked for
 */
export function useColours(): ComputedRef<string | null> {
  const { colouring, colours, images, source } = useExplorer()
  const { search } = useSelection()
  const { analysis, fault } = useCurrentAnalysis()
  const { tables } = useTables()
  const dark = usePreferredDark()
  const ramp = computed(() => rampOf(dark.value))

  /** What is known of the test images: training images have no value. */
  const ofAll = (values: ArrayLike<number>, missing: number) =>
    withoutValue(values, images.value.count, missing)
  const ofSplit = (): Made => {
    const { count, tests } = images.value
    if (count === tests) return 'Only test images are shown now.'
    const of = Uint8Array.from({ length: count }, (_, point) => Number(point >= tests))
    return { ...coloursOfCategories('Split', of, ['Test', 'Training'], agreeing), shaped: true }
  }
  const ofNeighbours = (by: 'agreement' | 'confidence'): Made => {
    if (analysis.value === null) return fault.value ?? 'The neighbours are being looked at.'
    const { agrees, confidence } = analysis.value
    if (by === 'confidence')
      return coloursOfFigures('5-NN confidence', ofAll(confidence, Number.NaN), ramp.value, [0, 1])
    const names = ['Neighbours agree', 'They disagree']
    const of = ofAll(
      Int32Array.from(agrees, one => 1 - one),
      -1,
    )
    return coloursOfCategories('5-NN agreement', of, names, agreeing)
  }
  const ofDistance = (): Made => {
    const { value: answer } = search.answer
    if (answer === null || source.value === null) return 'There is no query yet: choose an image first.'
    const { values, size } = source.value
    if (answer.query.point.length !== size) return 'The query is of another network.'
    return coloursOfFigures(
      'Distance to the query',
      distancesTo(answer.query.point, values, size),
      ramp.value,
    )
  }
  const ofColumn = (table: string, name: string): Made => {
    const { columns = [] } = tables.value.find(one => one.name === table) ?? {}
    const column = columns.find(one => one.name === name)
    if (column === undefined) return 'The table is not open any more.'
    return column.kind === 'figure'
      ? coloursOfFigures(name, ofAll(column.values, Number.NaN), ramp.value)
      : coloursOfCategories(name, ofAll(column.of, -1), column.names)
  }
  const made = computed((): Made | null => {
    const { value: chosen } = colouring
    switch (chosen.by) {
      case 'class':
        return null
      case 'agreement':
      case 'confidence':
        return ofNeighbours(chosen.by)
      case 'distance':
        return ofDistance()
      case 'split':
        return ofSplit()
      case 'column':
        return ofColumn(chosen.table, chosen.name)
      default:
        return chosen satisfies never
    }
  })
  watchEffect(() => {
    colours.value = typeof made.value === 'string' ? null : made.value
  })
  onScopeDispose(() => {
    colours.value = null
  })
  return computed(() => (typeof made.value === 'string' ? made.value : null))
}
