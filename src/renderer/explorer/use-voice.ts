import { type ComputedRef, type ShallowRef, shallowRef } from 'vue'
import { useEngine } from '../engine.ts'
import { nameOf } from '../search/queries.ts'
import { useSelection } from '../search/selection.ts'
import { useExplorer } from './explorer-state.ts'
import { imageName } from './splits/shown-images.ts'
import type { Content } from './stage-content.ts'
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
  const { images } = useExplorer()
  const nameOfClass = (label: number | undefined): string => data.value?.classes[label ?? -1] ?? 'unknown'
  return {
    announcement,
    say: text => {
      announcement.value = text
    },
    choose(index) {
      const image = images.value.imageOf(index)
      announcement.value = `${imageName(image)} was chosen`
      void selection.choose({ kind: image.split, index: image.index })
    },
    read(index) {
      const { scene } = content.value
      if (scene === null) return
      const features = scene.values.subarray(index * scene.size, (index + 1) * scene.size)
      announcement.value = pointText(
        images.value.imageOf(index),
        nameOfClass(images.value.labels[index]),
        features,
      )
    },
    tell() {
      const answer = selection.search.answer.value
      announcement.value =
        answer === null
          ? 'There is no query yet. Enter makes the point the query.'
          : neighboursText(nameOf(answer.asked), answer.neighbours, (_, i) =>
              nameOfClass(answer.neighbours.labels[i]),
            )
    },
  }
}
