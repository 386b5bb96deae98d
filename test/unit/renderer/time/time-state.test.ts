import { afterEach, describe, expect, test } from 'vitest'
import { type EffectScope, effectScope } from 'vue'
import { createExplorerState } from '../../../../src/renderer/explorer/explorer-state.ts'
import { createTime } from '../../../../src/renderer/time/time-state.ts'
import { settle, testCount, trainedEngine } from '../search/engines.ts'

let scope: EffectScope | undefined
afterEach(() => scope?.stop())

/** A training of 1,000 iterations, moments at every 50th, whose frames come when they are told to. */
async function newTime({ iterations = 1000, reducedMotion = false } = {}) {
  const { engine, fake, advance } = await trainedEngine()
  advance(iterations - 100)
  engine.connection.value = 'ready'
  const frames: ((now: number) => void)[] = []
  scope = effectScope()
  const made = scope.run(() => {
    const explorer = createExplorerState(engine)
    const options = {
      nextFrame: (frame: (now: number) => void) => void frames.push(frame),
      reducedMotion: () => reducedMotion,
    }
    return { explorer, time: createTime(engine, explorer, options) }
  })
  if (made === undefined) throw new Error('The scope is over.')
  await settle()
  let now = 0
  /** Lets a frame pass, and what it asked for arrive. @returns false where none was asked for */
  const frame = async (ms = 16): Promise<boolean> => {
    const next = frames.shift()
    now += ms
    next?.(now)
    await settle()
    return next !== undefined
  }
  const momentAt = (iteration: number) => fake.training.points(testCount, iteration)
  return { ...made, engine, fake, advance, frame, momentAt }
}

describe('time', () => {
  test('shows the kept moment nearest to where one goes, exactly', async () => {
    const { time, explorer, momentAt } = await newTime()
    expect(time.list.value.iterations).toHaveLength(21)
    time.goTo(312)
    await settle()
    expect(time.at.value).toBe(300)
    expect(explorer.moment.value?.points).toEqual(momentAt(300))
    expect(explorer.source.value).toBe(explorer.moment.value?.points)
    expect(explorer.moment.value?.words).toBe('iteration 300')
  })

  test('goes from moment to moment, to the beginning, and back to now', async () => {
    const { time, explorer, engine, momentAt } = await newTime()
    time.step(-1)
    await settle()
    expect(explorer.moment.value?.points).toEqual(momentAt(950))
    time.step(-10)
    await settle()
    expect(time.at.value).toBe(450)
    time.goTo(0)
    await settle()
    expect(explorer.moment.value?.points).toEqual(momentAt(0))
    time.step(-1)
    expect(time.at.value).toBe(0)
    time.step(30)
    expect([time.at.value, explorer.moment.value]).toEqual([null, null])
    expect(explorer.source.value).toBe(engine.points.value)
  })

  test('replays from the beginning, points on the straight way between moments, and ends at now', async () => {
    const { time, explorer, momentAt, frame } = await newTime()
    time.play()
    expect(time.playing.value).toBe(true)
    let blends = 0
    let before = -1
    for (let i = 0; i < 2000 && (await frame(40)); i++) {
      if (time.at.value === null || explorer.moment.value === null) continue
      expect(time.at.value).toBeGreaterThanOrEqual(before)
      before = time.at.value
      const [low, high] = [Math.floor(before / 50) * 50, Math.floor(before / 50) * 50 + 50]
      const share = (before - low) / 50
      const [from, to] = [momentAt(low)?.values ?? [], momentAt(high)?.values ?? []]
      const expected = Number(from[0]) + share * (Number(to[0]) - Number(from[0]))
      expect(explorer.moment.value.points.values[0]).toBeCloseTo(expected, 5)
      if (share > 0) blends++
    }
    expect(blends).toBeGreaterThan(20)
    expect(before).toBeGreaterThan(950)
    expect([time.playing.value, time.at.value, explorer.moment.value]).toEqual([false, null, null])
  })

  test('with reduced motion only kept moments are shown', async () => {
    const { time, explorer, momentAt, frame } = await newTime({ reducedMotion: true })
    time.play()
    while (await frame(90)) {
      const shown = explorer.moment.value?.points
      if (shown !== undefined) expect(shown).toEqual(momentAt(shown.iteration))
    }
    expect(time.at.value).toBeNull()
  })

  test('a pause stays at a kept moment', async () => {
    const { time, explorer, momentAt, frame } = await newTime()
    time.play()
    for (let i = 0; i < 30; i++) await frame(40)
    time.pause()
    await settle()
    expect(explorer.moment.value?.points).toEqual(momentAt(time.at.value as number))
    expect(await frame()).toBe(true)
    expect(await frame()).toBe(false)
  })

  test('new moments leave the past that is looked at where it is; another training ends it', async () => {
    const { time, explorer, engine, fake, advance, momentAt } = await newTime({ iterations: 500 })
    time.goTo(100)
    await settle()
    advance(200)
    await expect.poll(() => time.last.value).toBe(700)
    expect(explorer.moment.value?.points).toEqual(momentAt(100))
    advance(300)
    for (let i = 0; i < 3; i++) fake.advance(1)
    const { hyperparameters, data } = fake.training.state
    if (hyperparameters === null || data === null) throw new Error('It was never started.')
    await engine.client.start({ hyperparameters, data })
    await expect.poll(() => time.any.value).toBe(false)
    expect([time.at.value, explorer.moment.value]).toEqual([null, null])
  })
})
