import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { ownTime, ownTimeIsKnown } from '../../../bench/own-time.ts'

const compute = `const end = process.cpuUsage().user + 400_000; while (process.cpuUsage().user < end) {}`

test.runIf(ownTimeIsKnown)('counts what a child took, while it lives and after its end', async () => {
  const before = ownTime()
  const child = spawn(process.execPath, [
    '--eval',
    `${compute}; console.log('done'); setTimeout(() => {}, 1e6)`,
  ])
  await once(child.stdout, 'data')
  expect(ownTime() - before).toBeGreaterThanOrEqual(350)
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(ownTime() - before).toBeGreaterThanOrEqual(350)
})
