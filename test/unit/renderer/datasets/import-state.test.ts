import { expect, test, vi } from 'vitest'
import { createDataSets } from '../../../../src/renderer/datasets/data-sets-state.ts'
import { createImport } from '../../../../src/renderer/datasets/import/import-state.ts'
import { skippedCsv } from '../../../../src/renderer/datasets/import/skipped-csv.ts'
import type { DataChoice } from '../../../../src/shared/contract.ts'
import { badFile } from '../../../../src/shared/errors.ts'
import { trainedEngine, untrainedEngine } from '../search/engines.ts'

test('a look proposes options, a change of one makes another preview, an import ends with its report', async () => {
  const { engine, fake } = await untrainedEngine()
  const work = createImport(engine.client)
  expect(work.canImport.value).toBe(false)
  await work.look(['/somewhere'])
  expect(work.options.value?.name).toBe('my pictures')
  expect(work.canImport.value).toBe(true)
  await work.change({ size: 64, name: 'others' })
  expect(work.scan.value?.preview?.options).toMatchObject({ size: 64, name: 'others', fit: 'pad' })
  await work.start()
  expect(work.report.value?.dataSet).toMatchObject({ name: 'others', paths: ['/somewhere'] })
  expect(work.progress.value).toBeNull()
  expect(fake.dataSets.dataSets).toHaveLength(1)
})

test('a cancelled import ends its stream and reports nothing', async () => {
  const ended = vi.fn()
  const { engine } = await untrainedEngine()
  const work = createImport({
    scanSource: engine.client.scanSource,
    importSource: async function* (_: unknown, { signal } = {}) {
      yield { phase: 'reading', done: 1, total: 9, id: null, report: null }
      await new Promise((_resolve, reject) =>
        signal?.addEventListener('abort', () => {
          ended()
          reject(signal.reason)
        }),
      )
    },
  })
  await work.look(['/somewhere'])
  const running = work.start()
  await vi.waitUntil(() => work.progress.value !== null)
  expect(work.canImport.value).toBe(false)
  work.cancel()
  await running
  expect(ended).toHaveBeenCalledOnce()
  expect([work.progress.value, work.report.value, work.fault.value]).toEqual([null, null, null])
  expect(work.canImport.value).toBe(true)
})

test('a fault is told, and nothing can be imported until another look', async () => {
  const { engine } = await untrainedEngine()
  const work = createImport({
    ...engine.client,
    scanSource: async function* () {
      yield { phase: 'opening', found: 0, preview: null }
      throw badFile('notes.txt', 'it is no data set.')
    },
  })
  await work.look(['/notes.txt'])
  expect(work.fault.value).toContain('it is no data set')
  expect(work.canImport.value).toBe(false)
})

test('another data set that is opened takes the old points away and is what is trained with', async () => {
  const { engine, fake } = await trainedEngine()
  const work = createImport(engine.client)
  await work.look(['/somewhere'])
  await work.start()
  const opened: DataChoice[] = []
  const sets = createDataSets(engine, choice => opened.push(choice))
  await sets.refresh()
  const id = sets.list.value[0]?.id ?? ''
  expect(await sets.open({ kind: 'imported', id })).toBe(true)
  expect(engine.points.value).toBeNull()
  expect(engine.data.value).toMatchObject({ name: 'my pictures', trainCount: 80, testCount: 20 })
  expect(opened).toEqual([{ kind: 'imported', id }])
  await sets.rename(id, 'better')
  expect(sets.list.value[0]?.dataSet?.name).toBe('better')
  await sets.remove(id)
  expect([sets.list.value, fake.dataSets.dataSets]).toEqual([[], []])
  expect(await sets.open({ kind: 'imported', id })).toBe(false)
  expect(sets.fault.value).toContain('not in the library')
  expect(opened).toHaveLength(1)
})

test('the list of what was skipped is a CSV in which no name computes anything', async () => {
  expect(await skippedCsv([{ name: '=1+1', reason: 'it is damaged, "badly"' }]).text()).toBe(
    'name,reason\n\'=1+1,"it is damaged, ""badly"""\n',
  )
})
