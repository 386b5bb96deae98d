import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ScratchClone } from './scratch-clone.ts'

let clone: ScratchClone
beforeEach(() => {
  clone = new ScratchClone()
})
afterEach(() => clone.remove())

const officialReason =
  'The official TensorFlow library was passed over: 127.0.0.1:1, where it lies, cannot be reached.'

test('without a C++ compiler WebAssembly remains, and one sentence says why', async () => {
  clone.realCommand('python3')
  const { code, text } = await clone.setup()
  expect(code).toBe(0)
  expect(clone.record).toMatchObject({
    rung: 'wasm',
    tensorflow: null,
    reasons: [officialReason, expect.stringMatching(/there is no C\+\+ compiler/)],
  })
  expect(text.trim().split('\n')).toEqual([
    'Building the window ...',
    'Building the desktop program ...',
    ...clone.record.reasons,
    expect.stringMatching(/WebAssembly: slower/),
  ])
  expect(clone.called).toEqual([])
})

test('without Python WebAssembly remains, and one sentence says why', async () => {
  clone.realCommand('c++')
  expect((await clone.setup()).code).toBe(0)
  expect(clone.record.reasons[1]).toMatch(/there is no Python 3/)
})

test('without pip WebAssembly remains, and one sentence says why', async () => {
  clone.realCommand('c++')
  clone.command('python3', 'echo "No module named pip" >&2; exit 1')
  expect((await clone.setup()).code).toBe(0)
  expect(clone.record.reasons[1]).toMatch(/python3 has no working pip/)
})

test('where pip cannot download, WebAssembly remains, and the sentence names the log', async () => {
  clone.realCommand('c++')
  clone.command('python3', 'if [ "$3" = --version ]; then echo "pip 24 (python 3.11)"; else exit 1; fi')
  expect((await clone.setup()).code).toBe(0)
  const log = /pip could not download it.* Details: (.*\.log)$/.exec(clone.record.reasons[1] ?? '')?.[1]
  expect(existsSync(log ?? '')).toBe(true)
})

test('a second run starts nothing, says nothing and is quick', async () => {
  await clone.setup()
  for (const name of ['npm', 'python3', 'c++']) clone.command(name)
  // Their appearance alone would be a reason to try again: have them there from the start.
  await clone.setup()
  clone.forgetCalls()
  const { code, text, ms } = await clone.setup()
  expect({ code, text, called: clone.called }).toEqual({ code: 0, text: '', called: [] })
  expect(ms).toBeLessThan(2000)
})

test('a compiler that was not there before is a reason to try again', async () => {
  clone.realCommand('python3')
  await clone.setup()
  clone.command('c++')
  clone.command('python3', 'if [ "$3" = --version ]; then echo "pip 24 (python 3.11)"; else exit 1; fi')
  await clone.setup()
  expect(clone.called.some(call => call.includes('pip download'))).toBe(true)
})

test('a forced rung that cannot be had fails with plain sentences', async () => {
  const { code, text } = await clone.setup(['--engine', 'wheel'])
  expect(code).toBe(1)
  expect(text).toMatch(/no C\+\+ compiler.*\n.*wheel TensorFlow engine could not be installed/)
  expect(text).not.toMatch(/\n {4}at /)
})

test('WebAssembly can be asked for', async () => {
  expect((await clone.setup(['--engine', 'wasm'])).code).toBe(0)
  expect(clone.record).toMatchObject({
    rung: 'wasm',
    reasons: ['WebAssembly was asked for with --engine wasm.'],
  })
})

test.each([['--engine', 'gold'], ['--fast'], ['wheel']])(
  'an argument it does not know is refused: %s %s',
  async (...words) => {
    const { code, text } = await clone.setup(words)
    expect(code).toBe(1)
    expect(text).toContain('--engine official|wheel|wasm')
  },
)

describe('a wheel', () => {
  beforeEach(() => clone.command('c++', 'exit 1'))

  test('with another hash than expected is refused and not kept', async () => {
    const wheel = clone.expectFakeWheel()
    clone.pythonWithPip(wheel)
    writeFileSync(wheel, 'something else')
    await clone.setup()
    expect(clone.record.reasons[1]).toMatch(/not the file that was published/)
    expect(readdirSync(join(clone.cache, 'downloads'))).toEqual([])
  })

  test('is downloaded once, also when what comes after it fails', async () => {
    clone.pythonWithPip(clone.expectFakeWheel())
    await clone.setup()
    expect(clone.record.reasons[1]).toMatch(/compiler \(c\+\+\) could not build its binding\. Details: /)
    clone.forgetCalls()
    await clone.setup(['--engine', 'wheel'])
    expect(clone.called.filter(call => call.includes('pip download'))).toEqual([])
  })

  test('that was damaged in the cache is downloaded again', async () => {
    clone.pythonWithPip(clone.expectFakeWheel())
    await clone.setup()
    const downloads = join(clone.cache, 'downloads')
    const [folder = ''] = readdirSync(downloads)
    const [file = ''] = readdirSync(join(downloads, folder))
    writeFileSync(join(downloads, folder, file), 'cut')
    const { text } = await clone.setup(['--engine', 'wheel'])
    expect(text).toMatch(/damaged; it is downloaded again/)
  })

  test('whose libraries do not load leaves no engine behind, and WebAssembly remains', async () => {
    clone.pythonWithPip(clone.expectFakeWheel())
    clone.command('c++', 'while [ "$1" != -o ]; do shift; done; echo no > "$2"')
    expect((await clone.setup()).code).toBe(0)
    expect(clone.record.reasons[1]).toMatch(/does not run here: it could not be loaded/)
    expect(existsSync(join(clone.package, 'lib'))).toBe(false)
  })

  test.each(['SIGKILL', 'SIGINT'] as const)(
    'whose download ends with %s is not taken for whole',
    async signal => {
      const wheel = clone.expectFakeWheel()
      clone.pythonWithPip(
        wheel,
        'while [ "$1" != --dest ]; do shift; done; echo half > "$2/half"; /bin/sleep 3',
      )
      const { child, finished, text } = clone.start()
      while (!text().includes('Downloading') || clone.called.length < 2) await sleep(20)
      child.kill(signal)
      const { code } = await finished
      expect(code).toBe(signal === 'SIGINT' ? 130 : null)
      expect(existsSync(join(clone.root, 'build/engine.json'))).toBe(false)
      clone.pythonWithPip(wheel)
      expect((await clone.setup()).text).toContain('Downloading tensorflow-cpu')
      expect(clone.temporary).toEqual([])
    },
  )

  test('is downloaded once by two set-ups that start together', async () => {
    clone.pythonWithPip(clone.expectFakeWheel(), '/bin/sleep 0.5')
    const [one, two] = await Promise.all([clone.setup(), clone.setup()])
    expect([one.code, two.code]).toEqual([0, 0])
    expect(clone.called.filter(call => call.includes('pip download'))).toHaveLength(1)
    expect(one.text + two.text).toContain('Another set-up is at work')
  })
})
