import { readTable } from '../../../src/renderer/explorer/colouring/table.ts'
import type { FuzzedParser } from '../parser.ts'

const points = 4

/** The one file that the window reads by itself: a table with a value for every point. */
export const windowTable: FuzzedParser = {
  name: 'table of values',
  seeds: [
    Buffer.from('index,weight,place\n0,1.5,home\n2,,"a ""b"""\n3,nan,home\n'),
    Buffer.from('weight;cluster\n1;0\n2;1\n3;0\n4;2\n'),
  ],
  async parse(bytes) {
    const read = readTable(new TextDecoder().decode(bytes), points)
    if ('fault' in read) {
      if (read.fault.length < 10) throw new Error(`no message for a person: ${read.fault}`)
      return
    }
    for (const column of read.columns) {
      const values = column.kind === 'figure' ? column.values : column.of
      if (values.length !== points) throw new Error(`${values.length} values for ${points} points`)
    }
  },
}
