import { type ShallowRef, shallowRef } from 'vue'
import type { Moments } from '../../shared/contract.ts'
import type { Engine } from '../engine.ts'
import { followStream } from '../follow-stream.ts'

const none: Moments = { training: 0, iterations: new Int32Array(0), oldestIterations: new Int32Array(0) }

/** The moments that the engine keeps, over every connection to it. Call it within an effect scope. */
export function followMoments({
  client,
  connection,
}: Pick<Engine, 'client' | 'connection'>): ShallowRef<Moments> {
  const list = shallowRef(none)
  followStream(
    connection,
    signal => client.moments(undefined, { signal }),
    item => {
      list.value = item
    },
  )
  return list
}
