import { describe, expect, test } from 'vitest'
import {
  checkTrainable,
  type DataSet,
  fingerprint,
  gatherPixels,
  type LabelledImages,
} from '../../../../../src/main/engine/data/data-set.ts'
import { stripes } from '../../../../support/images.ts'

const labelled = (labels: number[]): LabelledImages => ({
  ...stripes(labels.length, 2),
  labels: Uint16Array.from(labels),
})

describe('gatherPixels', () => {
  test('copies the rows asked for, scaled to [0, 1]', () => {
    const images: LabelledImages = {
      pixels: Uint8Array.of(0, 51, 102, 255, 204, 153),
      labels: Uint16Array.of(0, 1, 0),
      count: 3,
      height: 1,
      width: 2,
      channels: 1,
    }
    const rows = gatherPixels(images, Int32Array.of(2, 0, 2))
    expect([...rows].map(value => Math.round(value * 5))).toEqual([4, 3, 0, 1, 4, 3])
    expect(Math.max(...gatherPixels(images, Int32Array.of(1)))).toBe(1)
  })
})

describe('checkTrainable', () => {
  test('accepts two classes of two images, and classes that do not occur', () => {
    expect(() => checkTrainable(labelled([0, 0, 2, 2]), ['a', 'b', 'c'])).not.toThrow()
  })

  test('refuses a single class, naming it', () => {
    expect(() => checkTrainable(labelled([1, 1, 1]), ['a', 'b'])).toThrow(/class "b".*at least two classes/)
  })

  test('refuses a class of one image, naming it', () => {
    expect(() => checkTrainable(labelled([0, 0, 1]), ['a', 'b'])).toThrow(/Class "b" has only one/)
  })
})

describe('fingerprint', () => {
  const data = (): DataSet => ({
    name: 'x',
    source: { kind: 'digits', trainCount: 6, testCount: 4 },
    classes: ['a', 'b'],
    train: stripes(6, 2),
    test: stripes(4, 2),
  })

  test('is the same for the same images, whatever they are called', () => {
    expect(fingerprint({ ...data(), name: 'y' })).toBe(fingerprint(data()))
  })

  test('of grey images is what it always was: a run of an earlier Twinlens knows its images by it', () => {
    const part = (...labels: number[]): LabelledImages => ({
      pixels: Uint8Array.from({ length: 4 * labels.length }, (_, i) => 10 * i),
      labels: Uint16Array.from(labels),
      count: labels.length,
      height: 2,
      width: 2,
      channels: 1,
    })
    const grey = { ...data(), train: part(0, 1, 1), test: part(1) }
    // printf '["a","b"]|3x2x2|<pixels><labels>|1x2x2|<pixels><labels>' | sha256sum
    expect(fingerprint(grey)).toBe('7ca7f324ba4e738e43c4383ffa743eb00a4ad929527bc7752093c2a3601ccd6a')
  })

  test('changes with one pixel, one label, one class name, one image moved across the split', () => {
    const changed = [data(), data(), { ...data(), classes: ['a', 'c'] }, data()]
    changed[0]!.train.pixels[5]! ^= 1
    changed[1]!.test.labels[0]! ^= 1
    changed[3] = { ...data(), train: stripes(5, 2), test: stripes(5, 2) }
    const all = [data(), ...changed].map(fingerprint)
    expect(new Set(all).size).toBe(all.length)
  })
})
