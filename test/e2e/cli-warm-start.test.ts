import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openRun } from '../../src/main/engine/runs/run-folder.ts'
import { twinlens } from '../support/cli.ts'
import { temporaryFolder } from '../support/files.ts'

const small = ['--hidden-sizes', '32,16', '--batch-size', '20', '--margin', '1']

test('a training begins with the weights of a run, keeps what is frozen, and can be repeated and gone on with', async () => {
  const folder = await temporaryFolder()
  const place = (name: string): string => join(folder, 'runs', name)
  const train = async (...args: string[]): Promise<string> => {
    const { code, stderr } = await twinlens(['train', ...args])
    expect(code, stderr).toBe(0)
    return stderr
  }
  const learned = async (name: string) => {
    const { losses, network, config } = await openRun(place(name))
    const values = Object.fromEntries(network.tensors.map(tensor => [tensor.name, tensor.values]))
    return { losses, values, config }
  }
  const data = ['--train-count', '200', '--test-count', '60']
  await train(...data, ...small, '--iterations', '30', '--out', place('first'))

  // Other images, another number of features: the last layer starts anew.
  const others = ['--train-count', '150', '--test-count', '40', '--embedding-size', '3']
  const warm = ['--warm-from', place('first'), '--freeze', '1']
  const said = await train(...others, ...small, ...warm, '--iterations', '20', '--out', place('warm'))
  expect(said).toContain(
    `It begins with the weights of “${place('first')}”: layer3 starts anew, the other 2 layers are taken over.`,
  )
  const [first, begun] = [await learned('first'), await learned('warm')]
  expect(begun.config.warmStart?.run).toBe(place('first'))
  expect(begun.values['layer1.kernel']).toEqual(first.values['layer1.kernel'])
  expect(begun.values['layer1.bias']).toEqual(first.values['layer1.bias'])
  expect(begun.values['layer2.kernel']).not.toEqual(first.values['layer2.kernel'])

  const shown = await twinlens(['runs', 'show', 'warm'], { env: { TWINLENS_DATA: folder } })
  expect(shown.stdout).toMatch(new RegExp(`Weights from +${place('first')}`))
  await train('--from', place('warm'), '--out', place('again'))
  expect((await learned('again')).losses).toEqual(begun.losses)
  await train('--from', place('warm'), '--iterations', '30', '--out', place('longer'))
  await train('--resume', place('warm'), '--iterations', '30', '--out', place('resumed'))
  const [longer, resumed] = [await learned('longer'), await learned('resumed')]
  expect(resumed.losses).toEqual(longer.losses)
  expect(resumed.values).toEqual(longer.values)
  expect(resumed.config.warmStart).toEqual(begun.config.warmStart)

  await rm(place('first'), { recursive: true })
  const gone = await twinlens(['train', '--from', place('warm'), '--out', place('never')])
  expect(gone.code).toBe(2)
  expect(gone.stderr).toContain('whose weights this training began with, is gone.')
  // What goes on has weights of its own.
  await train('--resume', place('warm'), '--iterations', '25', '--out', place('later'))
  expect((await learned('later')).losses).toEqual(longer.losses.slice(0, 25))
  const all = await twinlens(['train', ...data, ...small, '--freeze', '3', '--out', place('never')])
  expect(all.code).toBe(2)
  expect(all.stderr).toContain('This network has 3 layers: at most 2 can be frozen')
}, 180_000)

test('killed in its middle it goes on to the last bit', async () => {
  const folder = await temporaryFolder()
  const place = (name: string): string => join(folder, name)
  const data = ['--train-count', '200', '--test-count', '60', '--batch-norm']
  const base = await twinlens(['train', ...data, ...small, '--iterations', '10', '--out', place('first')])
  expect(base.code, base.stderr).toBe(0)
  const job = [...data, ...small, '--iterations', '300', '--warm-from', place('first'), '--freeze', '1']
  const undisturbed = await twinlens(['train', ...job, '--out', place('undisturbed')])
  expect(undisturbed.code, undisturbed.stderr).toBe(0)
  const often = ['--checkpoint-every', '2', '--json', '--out', place('killed')]
  const killed = await twinlens(['train', ...job, ...often], {
    onOutput: (stdout, kill) => {
      if (stdout.includes('"event":"progress"')) kill('SIGKILL')
    },
  })
  expect(killed.code).toBeNull()
  const resumed = await twinlens(['train', '--resume', place('killed')])
  expect(resumed.stderr).toContain('It goes on after iteration')
  const [one, other] = [await openRun(place('undisturbed')), await openRun(place('killed'))]
  expect(other.losses).toEqual(one.losses)
  expect(other.network.tensors).toEqual(one.network.tensors)
}, 120_000)
