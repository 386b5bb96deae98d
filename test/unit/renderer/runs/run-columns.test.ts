import { describe, expect, test } from 'vitest'
import { listed, runColumns } from '../../../../src/renderer/runs/run-columns.ts'
import { fakeRun } from '../../../fakes/fake-run-library.ts'

const notes = { title: 'Wide margin', note: 'kept for the paper', tags: ['best'] }
const runs = [fakeRun(3), fakeRun(2, { notes }), fakeRun(1), fakeRun(0, { about: null, fault: 'gone' })]
const newest = { column: 'created', direction: 'descending' } as const
const names = (of: readonly { name: string }[]) => of.map(({ name }) => Number(name.slice(-2)))

describe('the list of runs', () => {
  test('is searched by every word, in title, name, note, tags and data set', () => {
    const found = (search: string) => names(listed(runs, search, newest))
    expect(found('')).toEqual([3, 2, 1, 0])
    expect(found('WIDE best')).toEqual([2])
    expect(found('paper')).toEqual([2])
    expect(found('05-06-01')).toEqual([1])
    expect(found('digits')).toEqual([3, 2, 1])
    expect(found('wide nothing')).toEqual([])
  })

  test('is sorted by any column, either way; what is not known comes last', () => {
    for (const { name: column } of runColumns) {
      const up = listed(runs, '', { column, direction: 'ascending' })
      const down = listed(runs, '', { column, direction: 'descending' })
      expect(new Set(names(up))).toEqual(new Set([0, 1, 2, 3]))
      if (column !== 'name') expect([names(up).at(-1), names(down).at(-1)]).toEqual([0, 0])
    }
    expect(names(listed(runs, '', { column: 'margin', direction: 'ascending' }))).toEqual([1, 2, 3, 0])
    expect(names(listed(runs, '', { column: 'seconds', direction: 'descending' }))).toEqual([3, 2, 1, 0])
  })
})
