import type { Contender } from './figure.ts'
import { amongOthers } from './quiet.ts'

/** Somebody who takes turns. What `take` throws becomes the sentence why there is no figure. */
export interface Player {
  readonly name: string
  /** One turn. @param over see `amongOthers` @returns what it took, in the figure's unit */
  take(round: number, over: () => void): Promise<number>
}

/**
 * Lets everybody take a turn in every round, so that what else the machine does meets all alike; each round begins with
 * another one, so that nobody always follows the same.
 */
export async function interleave(players: readonly Player[], rounds: number): Promise<Contender[]> {
  const samples = new Map<Player, number[]>(players.map(player => [player, []]))
  const busy = new Map<Player, number[]>(players.map(player => [player, []]))
  const failures = new Map<Player, string>()
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < players.length; i++) {
      const player = players[(round + i) % players.length] as Player
      if (failures.has(player)) continue
      try {
        const { result, othersBusy } = await amongOthers(over => player.take(round, over))
        samples.get(player)?.push(result)
        busy.get(player)?.push(othersBusy)
      } catch (error) {
        failures.set(player, sentenceOf(error))
      }
    }
  }
  return players.map(player => {
    const unavailable = failures.get(player)
    const { name } = player
    if (unavailable !== undefined) return { name, unavailable }
    return { name, samples: samples.get(player) ?? [], othersBusy: busy.get(player) ?? [] }
  })
}

/** The first line: what follows it in a Python or TensorFlow error is its stack. */
export function sentenceOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return message.split('\n', 1)[0] as string
}
