import { BadMessage, decodeFrame, encodeFrame } from '../../../src/shared/rpc/frame.ts'
import type { FuzzedParser } from '../parser.ts'

const messages = [
  {
    kind: 'value',
    id: 7,
    value: { losses: Float32Array.of(1, 2, 3), labels: Uint16Array.of(4, 5), done: true },
  },
  {
    kind: 'error',
    id: 1,
    error: { kind: 'bad-file', message: 'ä "quoted" \\ text' },
    gone: undefined,
    not: Number.NaN,
  },
  [null, -0, [1, [2, [3, { $: 1 }]]], new Uint8Array(9), new Float64Array(2)],
]

/** What comes from a window. A bad frame closes the connection: its error is for the log. */
export const frameParser: FuzzedParser = {
  name: 'frame of a message',
  seeds: messages.map(encodeFrame),
  async parse(bytes) {
    try {
      decodeFrame(new Uint8Array(bytes))
    } catch (error) {
      if (!(error instanceof BadMessage)) throw error
    }
  },
}
