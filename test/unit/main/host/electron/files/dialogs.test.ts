import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserWindow, Dialog } from 'electron'
import { describe, expect, onTestFinished, test } from 'vitest'
import { pathsOf } from '../../../../../../src/main/host/electron/files/classify.ts'
import {
  choosePaths,
  choosePicture,
  saveFile,
} from '../../../../../../src/main/host/electron/files/dialogs.ts'
import { readPicture } from '../../../../../../src/main/host/electron/files/read-picture.ts'
import { fake } from '../../../../../fakes/electron/fake.ts'

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'twinlens files '))
  onTestFinished(() => rmSync(made, { recursive: true }))
  return made
}

/** Dialogs in which the person chooses `path`; none if it is undefined. */
function dialogs(path?: string, window?: BrowserWindow) {
  const asked: unknown[][] = []
  const canceled = path === undefined
  const dialog = fake<Dialog>({
    showOpenDialog: async (...given: unknown[]) => {
      asked.push(given)
      return { canceled, filePaths: canceled ? [] : [path] }
    },
    showSaveDialog: async (...given: unknown[]) => {
      asked.push(given)
      return { canceled, filePath: path ?? '' }
    },
  })
  return { asked, options: { dialog, window: () => window } }
}
const file = { name: 'losses.csv', file: new Uint8Array([1, 2, 3]) }

describe('a picture to search by', () => {
  test('is one file, of the kinds that can be read, asked for below the window', async () => {
    const window = fake<BrowserWindow>()
    const { asked, options } = dialogs('/a/cat.png', window)
    expect(await choosePicture(options)).toBe('/a/cat.png')
    expect(asked[0]?.[0]).toBe(window)
    expect(asked[0]?.[1]).toMatchObject({
      properties: ['openFile'],
      filters: [{ extensions: expect.arrayContaining(['png', 'jpg']) }],
    })
  })

  test('are not what an encoder is: it is one file of some kinds', async () => {
    const { asked, options } = dialogs('/a/encoder.onnx')
    expect(await choosePaths(options, 'encoder')).toEqual(['/a/encoder.onnx'])
    expect(asked[0]?.[0]).toMatchObject({
      properties: ['openFile'],
      filters: [{ extensions: expect.arrayContaining(['onnx', 'json', 'zip']) }],
    })
  })

  test('need not be chosen', async () => {
    expect(await choosePicture(dialogs().options)).toBeUndefined()
  })

  test('is read with its name', async () => {
    const path = join(folder(), 'cat.png')
    writeFileSync(path, 'cat')
    expect(await readPicture(path)).toEqual({ name: 'cat.png', file: new Uint8Array(Buffer.from('cat')) })
  })

  test('that is too large is refused by its size', async () => {
    const path = join(folder(), 'large.png')
    writeFileSync(path, Buffer.alloc(33_500_000))
    await expect(readPicture(path)).rejects.toMatchObject({
      kind: 'bad-file',
      message: expect.stringContaining('34 MB'),
    })
  })

  test.each(['none.png', '.'])('that cannot be read is refused: %s', async name => {
    await expect(readPicture(join(folder(), name))).rejects.toMatchObject({ kind: 'bad-file' })
  })
})

describe('images to import', () => {
  test.each([
    ['folder', ['openDirectory']],
    ['files', ['openFile', 'multiSelections']],
  ] as const)('are a %s, told by content and so of any name', async (kind, properties) => {
    const window = fake<BrowserWindow>()
    const { asked, options } = dialogs('/a/own pictures', window)
    expect(await choosePaths(options, kind)).toEqual(['/a/own pictures'])
    expect(asked).toEqual([[window, { title: 'Import images', properties }]])
  })

  test('need not be chosen', async () => {
    expect(await choosePaths(dialogs().options, 'folder')).toEqual([])
  })
})

describe('a file of the window’s', () => {
  test('is written where the person says', async () => {
    const path = join(folder(), 'mine.csv')
    const { options, asked } = dialogs(path)
    expect(await saveFile(options, file)).toEqual({ name: 'mine.csv' })
    expect(new Uint8Array(readFileSync(path))).toEqual(file.file)
    expect(asked).toEqual([[{ defaultPath: 'losses.csv' }]])
  })

  test.each(['../../etc/losses.csv', 'C:\\Windows\\losses.csv', '/etc/losses.csv'])(
    'cannot suggest a folder: %s',
    async name => {
      const { options, asked } = dialogs()
      expect(await saveFile(options, { ...file, name })).toBeNull()
      expect(asked).toEqual([[{ defaultPath: 'losses.csv' }]])
    },
  )

  test('that cannot be written is told with its path', async () => {
    const path = join(folder(), 'taken')
    mkdirSync(path)
    await expect(saveFile(dialogs(path).options, file)).rejects.toMatchObject({
      kind: 'bad-file',
      message: `${path}: it cannot be written there.`,
    })
  })
})

test('on a command line, what begins with a dash is no file, and the others are below the folder it came from', () => {
  expect(pathsOf(['--inspect', 'cat.png', '', '-x', '/b/dog.png'], '/a')).toEqual([
    '/a/cat.png',
    '/b/dog.png',
  ])
})
