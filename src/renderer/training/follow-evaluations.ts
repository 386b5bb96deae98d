import { type ShallowRef, shallowRef } from 'vue'
import type { LiveEvaluations } from '../../shared/contract.ts'
import type { Engine } from '../engine.ts'
import { followStream } from '../follow-stream.ts'

const none: LiveEvaluations = {
  training: 0,
  on: 'test',
  iterations: new Int32Array(0),
  accuracy: new Float64Array(0),
}

/** How good the newest training is on its way, over every connection to the engine. Call it within an effect scope. */
export function followEvaluations({
  client,
  connection,
}: Pick<Engine, 'client' | 'connection'>): ShallowRef<LiveEvaluations> {
  const evaluations = shallowRef(none)
  followStream(
    connection,
    signal => client.evaluations(undefined, { signal }),
    item => {
      evaluations.value = item
    },
  )
  return evaluations
}
