import { expect, test } from 'vitest'
import { lossChart, qualityChart, ticks } from '../../../../../src/main/engine/exports/report-charts.ts'

test('ticks are round and end at or before the end', () => {
  expect(ticks(117, 4)).toEqual([0, 50, 100])
  expect(ticks(1, 4)).toEqual([0, 0.5, 1])
  expect(ticks(3000, 6)).toEqual([0, 500, 1000, 1500, 2000, 2500, 3000])
  expect(ticks(0.3, 3)).toEqual([0, 0.1, 0.2, 0.3])
  expect(ticks(0, 4)).toEqual([0])
})

const pointsOf = (html: string): number[][] =>
  (/points="(.*?)"/.exec(html)?.[1] ?? '').split(' ').map(point => point.split(',').map(Number))

test('a falling loss falls, from the first iteration to the last', () => {
  const points = pointsOf(lossChart(Float32Array.of(4, 2, 0)))
  expect(points).toHaveLength(3)
  expect(points.map(([, y]) => y)).toEqual([12, 116, 220])
  expect(points.at(-1)?.[0]).toBe(908)
})

test('of a long training each point is a mean', () => {
  const losses = Float32Array.from({ length: 2500 }, (_, i) => (i % 3 === 0 ? 3 : 0))
  const html = lossChart(losses)
  expect(pointsOf(html)).toHaveLength(834)
  expect(html).toContain('mean of 3 iterations')
  // All threes are alike: one line, at the top, but the last, of a single iteration.
  expect(
    new Set(
      pointsOf(html)
        .slice(0, -1)
        .map(([, y]) => y),
    ).size,
  ).toBe(1)
})

test('a training that was stopped before its first iteration says so', () => {
  expect(lossChart(new Float32Array(0))).toContain('No iteration')
})

test('quality on the way lies between none and all, at the iterations it was measured after', () => {
  const html = qualityChart(
    [
      { iteration: 10, accuracy: 0 },
      { iteration: 20, accuracy: 0.5 },
      { iteration: 40, accuracy: 1 },
    ],
    40,
  )
  expect(pointsOf(html)).toEqual([
    [269, 220],
    [482, 116],
    [908, 12],
  ])
  expect(html).toContain('aria-label="5-NN accuracy from 0.0 % to 100.0 %"')
  expect(html).toContain('>50 %</text>')
})
