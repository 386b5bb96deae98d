import { invalidInput } from '../../shared/errors.ts'
import type { Engine } from '../engine.ts'

/**
 * Opens the run that is open once more, with its pictures where they are back by now.
 * @returns whether they are @throws invalid-input: no run is open; bad-file, busy
 */
export async function lookAgain({ client, training }: Pick<Engine, 'client' | 'training'>): Promise<boolean> {
  const { folder } = training.value
  if (folder === null) throw invalidInput('No run is open any more.')
  await client.openRun({ folder })
  return (await client.openData(null)).missing === null
}
