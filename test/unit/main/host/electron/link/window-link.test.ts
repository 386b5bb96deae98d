import { describe, expect, test } from 'vitest'
import { MainPort } from '../../../../../../src/main/host/electron/link/main-port.ts'
import { WindowLink } from '../../../../../../src/main/host/electron/link/window-link.ts'
import { type FakePortMain, fakeChannel } from '../../../../../fakes/electron/channel.ts'
import { fakePage, fakeWindow } from '../../../../../fakes/electron/window.ts'

function start() {
  const saved: unknown[] = []
  const engines: MainPort[] = []
  let connected = 0
  const link = new WindowLink({
    connect: async onStop => {
      connected++
      const port = new MainPort(fakeChannel().port1)
      engines.push(port)
      port.onClose(() => undefined)
      stops.push(onStop)
      return port
    },
    newChannel: fakeChannel,
    saveFile: async file => {
      saved.push(file)
      return { name: file.name }
    },
    choosePaths: async ({ kind }) => (kind === 'folder' ? ['/own pictures'] : []),
    trashBin: async () => ({ trashed: 3 }),
    log: text => logged.push(text),
  })
  const stops: ((notice: string) => void)[] = []
  const logged: string[] = []
  const join = () => {
    const { webContents, given } = fakeWindow()
    link.join(webContents)
    return fakePage(given[0] as FakePortMain)
  }
  return { link, join, saved, logged, engines, stops, connected: () => connected }
}

/** The first so many items of a stream. */
async function first<T>(items: AsyncIterable<T>, count: number): Promise<T[]> {
  const taken: T[] = []
  for await (const item of items) if (taken.push(item) === count) return taken
  return taken
}

describe('a page', () => {
  test('gets an engine’s port with every answer to its question', async () => {
    const page = start().join()
    await page.client.engine()
    await page.client.engine()
    expect(page.engines).toHaveLength(2)
  })

  test('hears in words how the engine behind its newest port ended', async () => {
    const { join, engines, stops } = start()
    const page = join()
    await page.client.engine()
    const ended = page.client.engineEnded()
    stops[0]?.('It broke.')
    engines[0]?.closed()
    expect(await ended).toEqual({ words: 'It broke.' })
  })

  test('can have a file saved', async () => {
    const { join, saved } = start()
    const file = { name: 'losses.csv', file: new Uint8Array([1, 2]) }
    expect(await join().client.saveFile(file)).toEqual({ name: 'losses.csv' })
    expect(saved).toEqual([file])
  })

  test('can have paths chosen, of a folder or of files', async () => {
    const { client } = start().join()
    expect(await client.choosePaths({ kind: 'folder' })).toEqual(['/own pictures'])
    expect(await client.choosePaths({ kind: 'files' })).toEqual([])
    await expect(client.choosePaths({ kind: 'all' as 'files' })).rejects.toMatchObject({
      kind: 'invalid-input',
    })
  })

  test.each([
    { name: '', file: new Uint8Array(1) },
    { name: 'x'.repeat(201), file: new Uint8Array(1) },
    { name: 'x', file: 'text' as unknown as Uint8Array },
  ])('that asks for what it must not (%#) is refused, and nothing is saved', async file => {
    const { join, saved } = start()
    await expect(join().client.saveFile(file)).rejects.toMatchObject({ kind: 'invalid-input' })
    expect(saved).toEqual([])
  })

  test('gets what came before it was there', async () => {
    const { link, join } = start()
    link.pictures.put({ name: 'a.png', file: new Uint8Array([7]) })
    link.notices.put('one')
    link.notices.put('two')
    const { client } = join()
    expect(await first(client.notices(), 2)).toEqual(['one', 'two'])
    expect(await first(client.pictures(), 1)).toEqual([{ name: 'a.png', file: new Uint8Array([7]) }])
  })

  test('that was loaded anew takes the place of the one before', async () => {
    const { link, join } = start()
    const before = join()
    const lost = first(before.client.commands(), 1)
    const gone = expect(lost).rejects.toMatchObject({ kind: 'engine-crashed' })
    const after = join()
    await gone
    const taken = first(after.client.commands(), 1)
    link.commands.put('stop')
    expect(await taken).toEqual(['stop'])
  })
})
