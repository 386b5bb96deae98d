import { afterEach, describe, expect, it } from 'vitest'
import { type EffectScope, effectScope } from 'vue'
import { createExplorerState } from '../../../../../src/renderer/explorer/explorer-state.ts'
import { createExplorerHistory } from '../../../../../src/renderer/explorer/history/explorer-history.ts'
import { keep, keptListSchema, restore } from '../../../../../src/renderer/explorer/history/kept-choices.ts'
import { PointSet } from '../../../../../src/renderer/explorer/point-set.ts'
import { imagesOfPoints } from '../../../../../src/renderer/explorer/splits/images-of-points.ts'
import {
  imageName,
  shownImages,
  withoutValue,
} from '../../../../../src/renderer/explorer/splits/shown-images.ts'
import { createSplits } from '../../../../../src/renderer/explorer/splits/split-state.ts'
import { createProjection } from '../../../../../src/renderer/projection/projection-state.ts'
import { createTurning } from '../../../../../src/renderer/projection/turning.ts'
import { createSelection } from '../../../../../src/renderer/search/selection.ts'
import { originNames, type Points, type Split } from '../../../../../src/shared/contract.ts'
import { settle, testCount, trainedEngine } from '../../search/engines.ts'

let scope: EffectScope | undefined
afterEach(() => scope?.stop())

/** 200 test and 200 training images, whose training ends with `end`. */
async function newSplits() {
  const trained = await trainedEngine()
  const { engine, advance } = trained
  engine.connection.value = 'ready'
  scope = effectScope()
  const made = scope.run(() => {
    const explorer = createExplorerState(engine)
    const selection = createSelection(engine, explorer)
    return {
      explorer,
      selection,
      history: createExplorerHistory(
        explorer,
        { projection: createProjection(explorer), turning: createTurning(explorer) },
        engine.data,
      ),
      ...createSplits(engine, explorer),
    }
  })!
  const end = async () => {
    advance(900)
    for (let i = 0; i < 4; i++) advance(0)
    await settle()
  }
  return { ...trained, ...made, end }
}

describe('which image a point is of', () => {
  it('test images first, then training images, each counted from 0', () => {
    const images = shownImages(Uint16Array.of(4, 5, 6), Uint16Array.of(7, 8))
    expect(Array.from(images.labels)).toEqual([4, 5, 6, 7, 8])
    expect([0, 2, 3, 4].map(point => imageName(images.imageOf(point)))).toEqual([
      'Test image 0',
      'Test image 2',
      'Training image 0',
      'Training image 1',
    ])
    expect(images.pointOf('train', 1)).toBe(4)
    expect(images.pointOf('test', 1)).toBe(1)
    expect([images.pointOf('train', 2), images.pointOf('test', 3)]).toEqual([-1, -1])
    expect(shownImages(Uint16Array.of(4)).pointOf('train', 0)).toBe(-1)
  })

  it('what is known of test images alone has no value for the others', () => {
    expect(Array.from(withoutValue([1, 2], 4, -1))).toEqual([1, 2, -1, -1])
    expect(withoutValue([1, 2], 2, -1)).toEqual([1, 2])
  })

  it('images of both come in the order of their points', async () => {
    const { imageOf } = shownImages(new Uint16Array(3), new Uint16Array(9))
    const asked: [Split, number[]][] = []
    const images = await imagesOfPoints(Int32Array.of(5, 1, 3, 0), imageOf, async (split, indices) => {
      asked.push([split, [...indices]])
      const base = split === 'test' ? 100 : 200
      return {
        indices,
        pixels: Uint8Array.from([...indices].flatMap(index => [base + index, index])),
        labels: Uint16Array.from(indices, index => base + index),
      }
    })
    expect(asked).toEqual([
      ['test', [1, 0]],
      ['train', [2, 0]],
    ])
    expect(Array.from(images.pixels)).toEqual([202, 2, 101, 1, 200, 0, 100, 0])
    expect(Array.from(images.labels)).toEqual([202, 101, 200, 100])
    expect(Array.from(images.indices)).toEqual([2, 1, 0, 0])
  })
})

describe('training images beside the test images', () => {
  it('are there from the end of the training on, and gone with the next', async () => {
    const { explorer, unavailable, engine, end, fake } = await newSplits()
    explorer.splits.value = 'both'
    await settle()
    expect(unavailable.value).toMatch(/when this training has ended/)
    expect(explorer.source.value).toBe(engine.points.value)
    await end()
    expect(unavailable.value).toBeNull()
    const { values, labels } = await engine.client.trainPoints()
    expect(explorer.images.value.count).toBe(testCount + labels.length)
    const test = engine.points.value as Points
    expect(Array.from(explorer.source.value?.values ?? [])).toEqual([...test.values, ...values])
    fake.training.start(fake.training.state.hyperparameters!, {
      kind: 'digits' as const,
      trainCount: 200,
      testCount,
    })
    engine.training.value = fake.training.state
    expect(explorer.images.value.count).toBe(testCount)
    expect(explorer.source.value).toBe(engine.points.value)
  })

  it('are not there for a moment of the past, and what was selected of them is back with the present', async () => {
    const { explorer, engine, end } = await newSplits()
    explorer.splits.value = 'both'
    await end()
    explorer.selected.value = PointSet.of(400, [3, 390])
    explorer.moment.value = { points: engine.points.value as Points, words: 'then' }
    expect(explorer.images.value.count).toBe(testCount)
    expect(Array.from(explorer.selected.value?.indices ?? [])).toEqual([3])
    explorer.moment.value = null
    expect(Array.from(explorer.selected.value?.indices ?? [])).toEqual([3, 390])
  })

  it('are marked where they are neighbours or the query', async () => {
    const { explorer, selection, end } = await newSplits()
    await end()
    await selection.choose({ kind: 'train', index: 7 })
    expect(selection.marks.value[0]?.place.kind).toBe('picture')
    explorer.splits.value = 'both'
    await settle()
    expect(selection.marks.value[0]?.place).toEqual({ kind: 'point', index: testCount + 7 })
    const answer = selection.search.answer.value!
    const { indices } = answer.neighbours
    const origins = new Uint8Array(indices.length).fill(originNames.indexOf('train'))
    selection.search.answer.value = { ...answer, neighbours: { ...answer.neighbours, origins } }
    const places = () => selection.marks.value.slice(1).map(({ place }) => place)
    expect(places()).toEqual(Array.from(indices, index => ({ kind: 'point', index: testCount + index })))
    explorer.splits.value = 'test'
    expect(places()).toEqual([])
  })

  it('are taken back and kept like any other choice', async () => {
    const { explorer, engine, history, end } = await newSplits()
    await end()
    explorer.splits.value = 'both'
    await settle()
    explorer.colouring.value = { by: 'split' }
    explorer.selected.value = PointSet.of(400, [3, 390])
    await settle()
    const data = engine.data.value!
    const [kept] = keptListSchema.parse(JSON.parse(JSON.stringify(keep(explorer, data, []))))
    history.undo()
    expect(history.undoWords.value).toBe('the images shown')
    history.undo()
    expect(explorer.splits.value).toBe('test')
    restore(explorer, kept!, data)
    expect(explorer.splits.value).toBe('both')
    expect(explorer.colouring.value).toEqual({ by: 'split' })
    expect(Array.from(explorer.selected.value?.indices ?? [])).toEqual([3, 390])
    const { splits: _, ...old } = kept!
    expect(keptListSchema.parse([old])[0]?.splits).toBe('test')
  })
})
