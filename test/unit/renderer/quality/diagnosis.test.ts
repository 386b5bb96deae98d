import { beforeAll, describe, expect, test } from 'vitest'
import { measurePoints } from '../../../../src/main/engine/analysis/measure.ts'
import { Random } from '../../../../src/main/engine/twin/random.ts'
import { diagnose, type FindingKind, type Signs } from '../../../../src/renderer/quality/diagnosis.ts'
import type { HeldOutSeries, Measures } from '../../../../src/shared/contract.ts'

const margin = 1
const evaluations = 20

/** A hundred points of each of four classes, each class so far from the next and spread so much around its centre. */
function embeddingOf(apart: number, around: number, seed: number) {
  const count = 400
  const labels = Uint16Array.from({ length: count }, (_, i) => i % 4)
  const noise = Random.seeded(seed, 'display').normals(count * 2, around)
  const values = noise.map((x, i) => {
    const label = labels[Math.floor(i / 2)] as number
    return x + apart * (i % 2 === 0 ? label % 2 : Math.floor(label / 2))
  })
  return { embedding: { values, count, size: 2 }, labels }
}

/** A series by the share of the training that has gone. */
function seriesOf(of: Partial<Record<keyof HeldOutSeries, (share: number) => number>> = {}): HeldOutSeries {
  const floats = (name: keyof HeldOutSeries, otherwise: number) =>
    Float32Array.from({ length: evaluations }, (_, i) =>
      (of[name] ?? (() => otherwise))(i / (evaluations - 1)),
    )
  return {
    iterations: Int32Array.from({ length: evaluations }, (_, i) => 1 + i * 50),
    accuracy: floats('accuracy', 0.9),
    meanSimilar: floats('meanSimilar', 0.1),
    meanDissimilar: floats('meanDissimilar', 1.5),
    auc: floats('auc', 0.97),
    loss: floats('loss', 0.02),
    trainAuc: floats('trainAuc', 0.97),
    trainLoss: floats('trainLoss', 0.02),
  }
}

async function signsOf(
  test: ReturnType<typeof embeddingOf>,
  train: ReturnType<typeof embeddingOf> | undefined,
  heldOut = seriesOf(),
  loss: (share: number) => number = () => 1,
): Promise<Signs> {
  const measured = await measurePoints(test, train, { margin, seed: 1 })
  const measures: Measures = { ...measured, training: 1, iteration: 951, oldestIteration: 951, heldOut }
  const iterations = Array.from({ length: 100 }, (_, i) => 10 * (i + 1))
  return { measures, losses: { iterations, values: iterations.map(i => loss(i / 1000)) }, ended: true }
}
const kinds = (signs: Signs): FindingKind[] => diagnose(signs).map(({ kind }) => kind)
const evidence = (signs: Signs, kind: FindingKind): string =>
  diagnose(signs)
    .find(finding => finding.kind === kind)
    ?.evidence.join(' ') ?? ''

/** Well apart, held-out as good as trained on, nothing moving any more. */
let healthy: Signs
beforeAll(async () => {
  healthy = await signsOf(embeddingOf(2, 0.1, 1), embeddingOf(2, 0.1, 2))
})

test('a healthy training has no finding', () => {
  expect(diagnose(healthy)).toEqual([])
})

describe('collapsed', () => {
  test('all features nearly equal, with the distance against the margin as evidence', async () => {
    const flat = seriesOf({ meanDissimilar: () => 0.001 })
    const signs = await signsOf(embeddingOf(0.001, 0.0002, 1), undefined, flat)
    expect(kinds(signs)).toContain('collapsed')
    expect(evidence(signs, 'collapsed')).toMatch(/0\.1% of the margin of 1\.000/)
  })

  test('not of features that are only beginning to spread', async () => {
    const spreading = seriesOf({ meanDissimilar: share => 0.0001 + 0.02 * share })
    const signs = await signsOf(embeddingOf(0.02, 0.004, 1), undefined, spreading)
    expect(kinds(signs)).not.toContain('collapsed')
  })
})

describe('margin too small', () => {
  test('dissimilar pairs at the margin while classes overlap', async () => {
    const signs = await signsOf(embeddingOf(0.85, 0.22, 1), undefined)
    const { atMargin, eer } = signs.measures.test
    // The embedding is what the verdict is about: checked, so that the test cannot pass by chance.
    expect(atMargin).toBeGreaterThan(0.5)
    expect(eer).toBeGreaterThan(0.1)
    expect(kinds(signs)).toEqual(['margin-too-small'])
    expect(evidence(signs, 'margin-too-small')).toMatch(/within a quarter of the margin \(1\.000\)/)
  })

  test('not while classes are apart', async () => {
    const signs = await signsOf(embeddingOf(0.9, 0.02, 1), undefined)
    expect(signs.measures.test.atMargin).toBeGreaterThan(0.5)
    expect(kinds(signs)).toEqual([])
  })
})

describe('still improving', () => {
  const falling = (share: number): number => 2 - share
  const improving = { loss: falling, accuracy: (share: number) => 0.5 + 0.4 * share }

  test('the loss falls and held-out quality rises at the end', () => {
    const signs = { ...healthy, measures: { ...healthy.measures, heldOut: seriesOf(improving) } }
    const values = signs.losses.iterations.map(i => falling(i / 1000))
    const now = { ...signs, losses: { ...signs.losses, values } }
    expect(kinds(now)).toEqual(['still-improving'])
    expect(evidence(now, 'still-improving')).toMatch(
      /5-NN accuracy on test images rose from 7\d\.\d% to 90\.0%/,
    )
    // While it runs, its end is not known.
    expect(kinds({ ...now, ended: false })).toEqual([])
  })

  test('not when only the training loss falls', () => {
    const values = healthy.losses.iterations.map(i => falling(i / 1000))
    expect(kinds({ ...healthy, losses: { ...healthy.losses, values } })).toEqual([])
  })

  test('not of noise', async () => {
    const random = Random.seeded(3, 'display')
    const noise = (): number => 1 + 0.2 * (random.uniform() - 0.5)
    const held = seriesOf({ loss: noise, accuracy: () => 0.8 + 0.02 * random.uniform() })
    const signs = await signsOf(embeddingOf(2, 0.1, 1), undefined, held, noise)
    expect(kinds(signs)).toEqual([])
  })

  test('nothing is said of an end that only one evaluation saw', () => {
    const { iterations, ...rest } = seriesOf(improving)
    const early = Int32Array.from(iterations, (iteration, i) => (i < evaluations - 1 ? i + 1 : iteration))
    const values = healthy.losses.iterations.map(i => falling(i / 1000))
    const measures = { ...healthy.measures, heldOut: { iterations: early, ...rest } }
    expect(kinds({ ...healthy, measures, losses: { ...healthy.losses, values } })).toEqual([])
  })
})

describe('overfitting', () => {
  test('training pairs told apart much better than others, and where held-out loss was lowest', async () => {
    const risen = seriesOf({ loss: share => 0.2 + 0.2 * (share - 0.3) ** 2 })
    const signs = await signsOf(embeddingOf(1, 0.4, 1), embeddingOf(1.5, 0.05, 2), risen)
    expect(kinds(signs)).toContain('overfitting')
    expect(evidence(signs, 'overfitting')).toMatch(/100\.0% of training pairs, in \d\d\.\d% of test pairs/)
    expect(evidence(signs, 'overfitting')).toMatch(/lowest at iteration 301 and has risen since/)
  })

  test('not before training images are known, nor where both are alike', async () => {
    expect(kinds(await signsOf(embeddingOf(1, 0.4, 1), undefined))).not.toContain('overfitting')
    const alike = await signsOf(embeddingOf(1, 0.4, 1), embeddingOf(1, 0.4, 2))
    expect(kinds(alike)).not.toContain('overfitting')
  })
})
