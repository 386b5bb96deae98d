import { expect, test } from 'vitest'
import { Room } from '../../../../../../../src/main/engine/data/import/making/room.ts'

/** Work that ends when it is told to. */
function held(
  room: Room,
  bytes: number,
  log: string[],
  name: string,
): { end: () => void; done: Promise<void> } {
  let end: () => void = () => undefined
  const until = new Promise<void>(resolve => {
    end = resolve
  })
  const done = room.within(bytes, async () => {
    log.push(name)
    await until
  })
  return { end: () => end(), done }
}

test('never more than there is at once, in turn, and what is larger than all of it alone', async () => {
  const room = new Room(10)
  const log: string[] = []
  const [a, b, large, c] = [
    held(room, 6, log, 'a'),
    held(room, 4, log, 'b'),
    held(room, 25, log, 'large'),
    held(room, 1, log, 'c'),
  ]
  const settle = () => new Promise(resolve => setImmediate(resolve))
  await settle()
  expect(log).toEqual(['a', 'b'])
  a.end()
  await settle()
  // c would fit, but it came after.
  expect(log).toEqual(['a', 'b'])
  b.end()
  await settle()
  expect(log).toEqual(['a', 'b', 'large'])
  large.end()
  c.end()
  await Promise.all([a.done, b.done, large.done, c.done])
  expect(log).toEqual(['a', 'b', 'large', 'c'])
})

test('work that fails gives its room back', async () => {
  const room = new Room(10)
  const failing = room.within(10, () => Promise.reject(new Error('no')))
  const after = room.within(10, async () => 'in')
  await expect(failing).rejects.toThrow('no')
  expect(await after).toBe('in')
})
