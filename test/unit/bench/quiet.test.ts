import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { ownTimeIsKnown } from '../../../bench/own-time.ts'
import { amongOthers, busyShare } from '../../../bench/quiet.ts'

test('a core that another process keeps busy is seen', async () => {
  const child = spawn(process.execPath, ['--eval', `console.log('on'); for (;;) {}`])
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child.stdout, 'data')
  const share = await busyShare(500)
  expect(share).toBeGreaterThan(0)
  expect(share).toBeLessThanOrEqual(1)
})

test.runIf(ownTimeIsKnown)('what our own processes compute is not put down to others', async () => {
  const compute = `const end = Date.now() + 600; while (Date.now() < end) {}`
  const { result, othersBusy } = await amongOthers(async () => {
    const child = spawn(process.execPath, ['--eval', compute])
    return (await once(child, 'exit'))[0] as number
  })
  expect(result).toBe(0)
  expect(othersBusy).toBeGreaterThanOrEqual(0)
  expect(othersBusy).toBeLessThanOrEqual(1)
})
