import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { readPreferences, writePreferences } from '../../../../../src/main/engine/preferences.ts'
import { processorHandlers } from '../../../../../src/main/engine/service/processor.ts'
import {
  chooseThreads,
  computingThreads,
  processorCores,
} from '../../../../../src/main/engine/tensorflow/threads.ts'

const cores = processorCores()
const oneLess = Math.max(1, cores - 1)
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'twinlens-threads-'))
  vi.stubEnv('TWINLENS_DATA', folder)
  for (const name of ['TWINLENS_THREADS', 'TF_NUM_INTRAOP_THREADS', 'TF_NUM_INTEROP_THREADS']) {
    vi.stubEnv(name, undefined)
  }
})
afterEach(async () => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
  await rm(folder, { recursive: true, force: true })
})

describe("TensorFlow's threads", () => {
  test('are the cores, or one less once a person has asked for that', async () => {
    expect(computingThreads()).toBe(cores)
    await writePreferences({ leaveCoreFree: true })
    expect(computingThreads()).toBe(oneLess)
    await writePreferences({ leaveCoreFree: false })
    expect(computingThreads()).toBe(cores)
  })

  test.each([
    ['1', 1],
    ['1000', cores],
    ['none', cores],
    ['-1', cores],
  ])('are %s where that is asked for and possible', (asked, threads) => {
    vi.stubEnv('TWINLENS_THREADS', asked)
    expect(computingThreads()).toBe(threads)
  })

  test('are told by the variables that its library reads, unless somebody has set those', () => {
    vi.stubEnv('TWINLENS_THREADS', '1')
    vi.stubEnv('TF_NUM_INTEROP_THREADS', '3')
    chooseThreads()
    expect(process.env['TF_NUM_INTRAOP_THREADS']).toBe('1')
    expect(process.env['TF_NUM_INTEROP_THREADS']).toBe('3')
  })
})

describe('the choice to leave a core free', () => {
  test('is kept for the next start, and until then nothing else is claimed', async () => {
    const now = processorHandlers()
    expect(now.processor()).toEqual({ cores, threads: cores, leaveCoreFree: false })
    expect(await now.leaveCoreFree(true)).toEqual({ cores, threads: cores, leaveCoreFree: true })
    expect(processorHandlers().processor()).toEqual({ cores, threads: oneLess, leaveCoreFree: true })
  })

  test('counts as not made where its file is damaged, and the log says so', async () => {
    const logged = vi.spyOn(console, 'error').mockReturnValue(undefined)
    await writeFile(join(folder, 'engine.json'), '{"leaveCoreFree": "perhaps"}')
    expect(readPreferences()).toEqual({ leaveCoreFree: false })
    expect(logged).toHaveBeenCalledOnce()
  })
})
