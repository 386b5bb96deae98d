import { contract, type Training } from '../../shared/contract.ts'
import { createClient } from '../../shared/rpc/client.ts'
import type { Port } from '../../shared/rpc/port.ts'

const active = (phase: Training['phase']): boolean => phase === 'running' || phase === 'paused'
const over = (phase: Training['phase']): boolean => phase === 'idle' || phase === 'done' || phase === 'failed'

/**
 * Ends a training that is under way as Stop does, so that what was learned is saved, and waits for that.
 * @param onStopping is called when there is one to wait for
 * @returns where it was saved; null when there was nothing to save
 * @throws TwinlensError cancelled when the signal aborts, engine-crashed when the engine ends, and what `stop` throws
 */
export async function finishTraining(
  port: Port,
  signal: AbortSignal,
  onStopping: () => void,
): Promise<string | null> {
  const engine = createClient(contract, port)
  let stopping = false
  for await (const { phase, folder, error } of engine.training(undefined, { signal })) {
    if (phase === 'failed' && stopping) throw new Error(error?.message)
    if (over(phase)) return stopping ? folder : null
    if (!stopping) onStopping()
    if (!stopping && active(phase)) await engine.stop(undefined, { signal })
    stopping = true
  }
  return null
}
