import { type ShallowRef, shallowRef, watch } from 'vue'
import type { Images, Pairs } from '../../shared/contract.ts'
import type { Engine } from '../engine.ts'
import { errorNotice } from '../ui/error-notice.ts'

const imageCount = 9
const pairCount = 10

export interface Samples {
  readonly images: ShallowRef<Images | null>
  readonly pairs: ShallowRef<Pairs | null>
  /** Nine other images. */
  otherImages(): Promise<void>
  /** Ten other pairs. */
  otherPairs(): Promise<void>
}

/** Any seed will do: these images are for looking at and change nothing. */
const anySeed = (): number => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0

/** Random images and pairs of the data set that is open, drawn anew when another one is. */
export function useSamples({ client, data, notice }: Engine): Samples {
  const images = shallowRef<Images | null>(null)
  const pairs = shallowRef<Pairs | null>(null)

  /** An answer that comes after the next question is for images that are no longer open. */
  const showing = <T>(into: ShallowRef<T | null>, ask: () => Promise<T>) => {
    let asked = 0
    return async () => {
      const mine = ++asked
      try {
        const answer = await ask()
        if (mine === asked) into.value = answer
      } catch (error) {
        if (mine === asked) notice.value = errorNotice(error)
      }
    }
  }
  const otherImages = showing(images, () =>
    client.sampleImages({ split: 'train', count: imageCount, seed: anySeed() }),
  )
  const otherPairs = showing(pairs, () => client.samplePairs({ count: pairCount, seed: anySeed() }))
  watch(
    data,
    now => {
      images.value = null
      pairs.value = null
      if (now === null || now.missing !== null) return
      void otherImages()
      void otherPairs()
    },
    { immediate: true },
  )
  return { images, pairs, otherImages, otherPairs }
}
