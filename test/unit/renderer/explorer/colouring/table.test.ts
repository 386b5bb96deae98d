import { describe, expect, it } from 'vitest'
import {
  type ReadTable,
  readTable,
  type TableColumn,
} from '../../../../../src/renderer/explorer/colouring/table.ts'

const columns = (read: ReadTable): readonly TableColumn[] => {
  if ('fault' in read) throw new Error(read.fault)
  return read.columns
}
const fault = (text: string, points = 3) => {
  const read = readTable(text, points)
  return 'fault' in read ? read.fault : null
}

describe('a table beside the images', () => {
  it('is read in order, with figures, names, quotes, a byte order mark and any of three delimiters', () => {
    for (const mark of [',', ';', '\t']) {
      const text = `\ufeffscore${mark}writer${mark}cluster\r\n0.5${mark}"a${mark}b"${mark}2\r\n-1e3${mark}c${mark}10\r\n7${mark}c${mark}2\r\n`
      expect(columns(readTable(text, 3))).toEqual([
        { name: 'score', kind: 'figure', values: Float64Array.of(0.5, -1000, 7) },
        { name: 'writer', kind: 'categories', names: [`a${mark}b`, 'c'], of: Int32Array.of(0, 1, 1) },
        { name: 'cluster', kind: 'categories', names: ['2', '10'], of: Int32Array.of(0, 1, 0) },
      ])
    }
  })

  it('may say by an index which image each row is of; the others have no value', () => {
    const [score, who] = columns(readTable('Index,score,who\n4,1.5,x\n0,2.5,\n', 6))
    expect(score).toEqual({
      name: 'score',
      kind: 'figure',
      values: Float64Array.of(2.5, Number.NaN, Number.NaN, Number.NaN, 1.5, Number.NaN),
    })
    expect(who).toMatchObject({ names: ['x'], of: Int32Array.of(-1, -1, -1, -1, 0, -1) })
  })

  it('takes what says that there is no figure for none', () => {
    const [column] = columns(readTable('a\n1.5\nNaN\nn/a\n', 3))
    expect(column).toMatchObject({ kind: 'figure', values: Float64Array.of(1.5, Number.NaN, Number.NaN) })
  })

  it('takes many whole numbers for figures, and a single word among them for names', () => {
    const rows = Array.from({ length: 20 }, (_, i) => String(i * 3))
    expect(columns(readTable(`a\n${rows.join('\n')}`, 20))[0]?.kind).toBe('figure')
    expect(columns(readTable(`a\n${[...rows.slice(1), 'many'].join('\n')}`, 20))[0]?.kind).toBe('categories')
  })

  it('is refused in words that say what to mend', () => {
    expect(fault('a,b\n1,2\n')).toBe(
      'The table has 1 rows, and there are 3 test images. Give it a row for each, or a column named “index”.',
    )
    expect(fault('a,a\n1,2\n1,2\n1,2')).toBe('Two columns are named “a”: give each a name of its own.')
    expect(fault('a,\n1,2\n1,2\n1,2')).toBe('Column 2 has no name in the header.')
    expect(fault('a,b\n1,2\n1\n1,2')).toBe('Row 3 has 1 values, the header 2.')
    expect(fault('index,b\n1,2\n3,2')).toBe('Row 3: there is no test image “3”; the last is 2.')
    expect(fault('index,b\n1.5,2')).toMatch(/no test image “1.5”/)
    expect(fault('index,b\n1,2\n1,3')).toBe('Image 1 is in two rows: 2 and 3.')
    expect(fault('index\n1')).toBe('There is no column beside the index.')
    expect(fault('a')).toBe('There are no rows below a header.')
    expect(fault('')).toBe('There are no rows below a header.')
    expect(fault('a\n"1\n2\n3')).toMatch(/^It cannot be read as a table/)
  })
})
