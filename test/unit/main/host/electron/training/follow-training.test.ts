import type { PowerSaveBlocker } from 'electron'
import { describe, expect, test } from 'vitest'
import { followTraining } from '../../../../../../src/main/host/electron/training/follow-training.ts'
import { contract, type Training, type TwinlensContract } from '../../../../../../src/shared/contract.ts'
import { Channel } from '../../../../../../src/shared/rpc/flow.ts'
import { type Port, portPair } from '../../../../../../src/shared/rpc/port.ts'
import { serve } from '../../../../../../src/shared/rpc/server.ts'
import { fake } from '../../../../../fakes/electron/fake.ts'
import { fakeWindow } from '../../../../../fakes/electron/window.ts'
import { fakeService } from '../../../../../fixtures/engine-process/fake-service.ts'
import { until } from '../../../../../fixtures/engine-process/processes.ts'

const idle: Training = {
  training: 0,
  phase: 'idle',
  iteration: 0,
  iterations: 200,
  elapsedSeconds: 0,
  iterationsPerSecond: 0,
  hyperparameters: null,
  data: null,
  warmFrom: null,
  corrections: '',
  quality: null,
  evaluated: null,
  folder: null,
  opened: false,
  encoder: null,
  error: null,
  backend: null,
  notice: null,
}

/** A training that goes as the test says, through an engine that can crash. */
function start() {
  const shown = fakeWindow()
  const held: string[] = []
  const notified: string[][] = []
  const saved: string[] = []
  let channel: Channel<TwinlensContract['training']> | undefined
  let far: Port | undefined
  let now = idle
  const connect = async () => {
    const [near, other] = portPair()
    far = other
    serve(
      contract,
      {
        ...fakeService(),
        training: (_, { signal }) => {
          channel = new Channel(contract.training, signal)
          channel.push(now)
          return channel
        },
      },
      other,
    )
    return near
  }
  const isTraining = followTraining({
    connect,
    powerSaveBlocker: fake<PowerSaveBlocker>({
      start: kind => held.push(kind),
      stop: () => {
        held.push('released')
        return true
      },
    }),
    window: () => shown.window,
    notify: (...notice) => notified.push(notice),
    onSaved: folder => saved.push(folder),
    log: text => held.push(text),
  })
  const seen = () => shown.progress.length
  const become = async (change: Partial<Training>) => {
    await until(() => seen() > 0)
    const before = seen()
    now = { ...now, ...change }
    channel?.push(now)
    await until(() => seen() > before)
  }
  const crash = async () => {
    const before = seen()
    now = idle
    far?.close()
    // Told that there is no engine, then by the next one that there is no training.
    await until(() => seen() >= before + 2)
  }
  return { ...shown, become, crash, held, notified, saved, isTraining }
}

describe('the taskbar', () => {
  test('follows the phases of a training', async () => {
    const { become, progress } = start()
    await become({ training: 1, phase: 'running', iteration: 50 })
    await become({ phase: 'paused' })
    await become({ phase: 'embedding' })
    await become({ phase: 'saving' })
    await become({ phase: 'done' })
    expect(progress).toEqual([
      [-1, undefined],
      [0.25, 'normal'],
      [0.25, 'paused'],
      [2, undefined],
      [2, undefined],
      [-1, undefined],
    ])
  })

  test('shows nothing any more when the engine crashes', async () => {
    const { become, crash, progress, isTraining } = start()
    await become({ training: 1, phase: 'running', iteration: 50 })
    expect(isTraining()).toBe(true)
    await crash()
    expect(progress.at(-1)).toEqual([-1, undefined])
    expect(isTraining()).toBe(false)
  })
})

describe('the machine', () => {
  test('is kept awake, once, while something computes, but not while it is paused', async () => {
    const { become, held } = start()
    await become({ training: 1, phase: 'running', iteration: 1 })
    await become({ iteration: 2 })
    expect(held).toEqual(['prevent-app-suspension'])
    await become({ phase: 'paused' })
    expect(held).toEqual(['prevent-app-suspension', 'released'])
    await become({ phase: 'running' })
    await become({ phase: 'done' })
    expect(held).toEqual(['prevent-app-suspension', 'released', 'prevent-app-suspension', 'released'])
  })

  test('may sleep again when the engine crashes', async () => {
    const { become, crash, held } = start()
    await become({ training: 1, phase: 'running' })
    await crash()
    expect(held).toEqual(['prevent-app-suspension', 'released'])
  })
})

describe('the end of a training', () => {
  const quality = { knnAccuracy: 0.9712, precisionAt9: null, auc: null, eer: null, eerThreshold: null }

  test('that was long is told to a person who looks elsewhere', async () => {
    const { become, blur, notified } = start()
    blur()
    await become({ training: 1, phase: 'running', elapsedSeconds: 60 })
    await become({ phase: 'done', iteration: 3000, quality })
    expect(notified).toEqual([
      ['The training is done', '3,000 iterations. The nearest neighbours have the right class in 97.1 %.'],
    ])
  })

  test('that failed is told with the reason', async () => {
    const { become, blur, notified } = start()
    blur()
    await become({ training: 1, phase: 'running', elapsedSeconds: 60 })
    await become({ phase: 'failed', error: { kind: 'disk-full', message: 'The disk is full.' } })
    expect(notified).toEqual([['The training failed', 'The disk is full.']])
  })

  test('is not told to a person who looks, or who hardly looked away', async () => {
    const { become, blur, notified } = start()
    await become({ training: 1, phase: 'running', elapsedSeconds: 60 })
    await become({ phase: 'done' })
    blur()
    await become({ training: 2, phase: 'running', elapsedSeconds: 10 })
    await become({ phase: 'done' })
    expect(notified).toEqual([])
  })

  test('is remembered by its folder, once', async () => {
    const { become, saved } = start()
    await become({ training: 1, phase: 'running' })
    await become({ phase: 'done', folder: '/runs/1' })
    await become({ phase: 'done', folder: '/runs/1' })
    expect(saved).toEqual(['/runs/1'])
  })
})
