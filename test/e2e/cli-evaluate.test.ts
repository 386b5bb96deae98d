import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openConfig, openEvaluations } from '../../src/main/engine/runs/run-folder.ts'
import { twinlens } from '../support/cli.ts'
import { temporaryFolder } from '../support/files.ts'

const small = ['--train-count', '200', '--test-count', '60', '--hidden-sizes', '16', '--batch-size', '10']
/** A learning rate so large that it gets worse again. */
const early = ['--learning-rate', '0.1', '--iterations', '400', '--evaluate-every', '5', '--patience', '4']

describe('twinlens train --evaluate-every', () => {
  test('stops early, ends with the best network, and says so, in words and for a machine', async () => {
    const folder = await temporaryFolder()
    const [run, again] = [join(folder, 'runs', 'run'), join(folder, 'runs', 'again')]
    const env = { TWINLENS_DATA: folder }
    const words = await twinlens(['train', ...small, ...early, '--validation-share', '0.3', '--out', run], {
      env,
    })
    expect(words.stderr).toBe('')
    expect(words.code).toBe(0)
    const { evaluated, iterations } = await openConfig(run)
    const evaluations = await openEvaluations(run)
    const best = evaluated?.best
    expect(evaluated).toMatchObject({ stoppedEarly: true, count: evaluations.length })
    expect(iterations).toBe((best?.iteration ?? 0) + 20)
    for (const { iteration, accuracy } of evaluations)
      expect(words.stdout).toContain(
        `Iteration ${iteration}: ${accuracy.toFixed(4)} of the validation images named rightly (5-NN)`,
      )
    const ends = `best of ${evaluations.length} evaluations, at iteration ${best?.iteration}: `
    expect(words.stdout).toContain(ends)
    expect(words.stdout).toContain('stopped early before 400')
    const shown = await twinlens(['runs', 'show', 'run'], { env })
    expect(shown.stdout).toContain(ends)
    expect(words.stdout).toContain('Validation: 60 of the training images, which are not learned from')
    const json = await twinlens(['train', '--from', run, '--json', '--out', again], { env })
    const told = json.stdout
      .trim()
      .split('\n')
      .map(line => JSON.parse(line))
      .filter(({ event }) => event === 'evaluation')
    expect(told.map(({ iteration, accuracy }) => ({ iteration, accuracy }))).toEqual(evaluations)
    expect(told.at(-1)).toMatchObject({ on: 'validation', best, stoppedEarly: true })
    const compared = await twinlens(['runs', 'compare', 'run', 'again'], { env })
    expect(compared.stdout).toMatch(new RegExp(`network +(${ends.slice(0, -2)} *){2}`))
    const file = 'weights.safetensors'
    expect(await readFile(join(again, file))).toEqual(await readFile(join(run, file)))
  }, 120_000)

  test('patience without a validation share is refused, naming both', async () => {
    const refused = await twinlens(['train', ...small, ...early])
    expect(refused.code).toBe(2)
    expect(refused.stderr).toContain('Patience needs a validation share above 0')
  }, 60_000)
})
