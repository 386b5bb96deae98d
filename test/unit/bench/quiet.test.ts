import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { busyShare } from '../../../bench/quiet.ts'

test('a core that another process keeps busy is seen', async () => {
  const child = spawn(process.execPath, ['--eval', `console.log('on'); for (;;) {}`])
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child.stdout, 'data')
  const share = await busyShare(500)
  expect(share).toBeGreaterThan(0)
  expect(share).toBeLessThanOrEqual(1)
})
