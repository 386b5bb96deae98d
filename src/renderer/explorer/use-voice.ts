import { type ComputedRef, type ShallowRef, shallowRef } from 'vue'
import { useEngine } from '../engine.ts'
import { nameOf } from '../search/queries.ts'
import { useSelection } from '../search/selection.ts'
import type { Content } from './scatter-stage.ts'
import { neighboursText, pointText } from './wording.ts'

export interface Voice {
  /** For a live region. */
  readonly announcement: ShallowRef<string>
  say(text: string): void
  /** The point becomes the query. */
  choose(index: number): void
  /** What a point is. */
  read(index: number): void
  /** The query's neighbours in order. */
  tell(): void
}

/** What a scatter says of its points to whoever does not see them. */
export function useVoice(content: ComputedRef<Content>): Voice {
  const { data } = useEngine()
  const selection = useSelection()
  const announcement = shallowRef('')
  const classOf = (index: number): string => {
    const label = data.value?.testLabels[index]
    return label === undefined ? 'unknown' : (data.value?.classes[label] ?? 'unknown')
  }
  return {
    announcement,
    say: text => {
      announcement.value = text
    },
    choose(index) {
      announcement.value = `Test image ${index} was chosen`
      void selection.choose({ kind: 'test', index })
    },
    read(index) {
      const { scene } = content.value
      if (scene === null) return
      const features = scene.values.subarray(index * scene.size, (index + 1) * scene.size)
      announcement.value = pointText(index, classOf(index), features)
    },
    tell() {
      const answer = selection.search.answer.value
      announcement.value =
        answer === null
          ? 'There is no query yet. Enter makes the point the query.'
          : neighboursText(nameOf(answer.asked), answer.neighbours, classOf)
    },
  }
}
