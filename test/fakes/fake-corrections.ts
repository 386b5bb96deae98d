import type { Correction, Corrections, Points, Suspects } from '../../src/shared/contract.ts'
import { fakeAnalysis } from './fake-analysis.ts'
import { fakeDigit, fakeLabel } from './fake-digits.ts'

/** Corrections that are remembered for as long as the fake engine lives. */
export class FakeCorrections {
  #list: Correction[] = []

  readonly told = (): Corrections => {
    const list = this.#list.map(one => ({ ...one, original: fakeLabel(one.index) }))
    const pixels = Uint8Array.from(list.flatMap(({ split, index }) => [...fakeDigit(split, index)]))
    const effective = list.filter(({ decision }) => decision !== 'keep')
    return { list, pixels, key: effective.length === 0 ? '' : JSON.stringify(effective) }
  }

  readonly correct = (correction: Correction): Corrections => {
    this.uncorrect(correction)
    this.#list.push(correction)
    return this.told()
  }

  readonly uncorrect = ({ split, index }: Pick<Correction, 'split' | 'index'>): Corrections => {
    this.#list = this.#list.filter(one => one.split !== split || one.index !== index)
    return this.told()
  }

  readonly clear = (): Corrections => {
    this.#list = []
    return this.told()
  }

  /** The test images whose neighbours disagree, four of five or more. */
  suspects(points: Points | null, most: number): Suspects {
    const { training, predicted, confidence, agrees, neighbours, neighbourLabels, gallery } =
      fakeAnalysis(points)
    const images = [...agrees.keys()]
      .filter(i => agrees[i] === 0 && (confidence[i] as number) > 0.79)
      .filter(i => !this.#list.some(({ index }) => index === i))
      .sort((a, b) => (confidence[b] as number) - (confidence[a] as number))
      .map(i => ({
        split: 'test' as const,
        index: i,
        source: i,
        label: fakeLabel(i),
        suggested: predicted[i] as number,
        confidence: confidence[i] as number,
        neighbours: [0, 1, 2, 3, 4].map(k => ({
          index: neighbours[5 * i + k] as number,
          label: neighbourLabels[5 * i + k] as number,
        })),
      }))
    return { training, total: images.length, images: images.slice(0, most), gallery }
  }
}
