import { expect, test } from 'vitest'
import { confusion } from '../../../../../src/main/engine/exports/report-confusion.ts'

/** Texts of a table's cells, row by row. */
const cellsOf = (html: string): string[][] =>
  [...html.matchAll(/<tr>(.*?)<\/tr>/g)].map(([, row]) =>
    [...(row as string).matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/g)].map(([, text]) => text as string),
  )

test('of few classes: every count, the images of a class and the share that is right', () => {
  const html = confusion({
    classes: ['cat', '<dog>', 'none of it'],
    labels: Uint16Array.of(0, 0, 0, 0, 1, 1),
    predicted: Uint16Array.of(0, 1, 0, 0, 1, 0),
  })
  expect(cellsOf(html)).toEqual([
    ['is \\ named', 'cat', '&lt;dog&gt;', 'none of it', 'images', 'right'],
    ['cat', '3', '1', '0', '4', '75.0 %'],
    ['&lt;dog&gt;', '1', '1', '0', '2', '50.0 %'],
    ['none of it', '0', '0', '0', '0', '–'],
  ])
  expect(html).toContain('class="right s8">3')
  expect(html).toContain('class="wrong s3">1')
})

test('of many classes: the most frequent confusions, the most frequent first', () => {
  const classes = Array.from({ length: 30 }, (_, i) => `class ${i}`)
  const html = confusion({
    classes,
    labels: Uint16Array.of(4, 4, 4, 4, 9, 9, 2),
    predicted: Uint16Array.of(5, 5, 4, 4, 8, 9, 2),
  })
  expect(cellsOf(html).slice(1)).toEqual([
    ['class 4', 'class 5', '2', '50.0 %'],
    ['class 9', 'class 8', '1', '50.0 %'],
  ])
  const right = { classes, labels: Uint16Array.of(1), predicted: Uint16Array.of(1) }
  expect(confusion(right)).toContain('named rightly')
})
