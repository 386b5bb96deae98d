import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openSource } from '../../../../../../src/main/engine/data/import/open-source.ts'
import type { ImageSource } from '../../../../../../src/main/engine/data/import/source.ts'
import { temporaryFolder } from '../../../../../support/files.ts'
import { plainPng, writeTree } from '../../../../../support/pictures.ts'

const png = await plainPng(2, [200, 10, 10])
const never = new AbortController().signal

/** A folder of the named files: a picture each, or the text given. */
async function folderOf(...files: readonly (string | readonly [string, string])[]): Promise<string> {
  const folder = join(await temporaryFolder(), 'flowers')
  await mkdir(folder)
  await writeTree(
    folder,
    Object.fromEntries(files.map(file => (typeof file === 'string' ? [file, png] : file))),
  )
  return folder
}

const open = (...paths: readonly string[]): Promise<ImageSource> => openSource(paths, never)

const told = ({ entries }: ImageSource): string[] =>
  entries.map(({ name, label, split }) => `${name} ${label}${split === null ? '' : ` ${split}`}`)

const reasons = ({ skipped }: ImageSource): Record<string, string> =>
  Object.fromEntries(skipped.map(({ name, reason }) => [name, reason]))

describe('a folder per class', () => {
  test('takes every picture, however deep, for the class of its folder at the top', async () => {
    const folder = await folderOf('rose/1.png', 'rose/garden/wild/2.png', 'Löwenzahn/a b.JPG', 'rose/x.gif')
    const source = await open(folder)
    expect(source).toMatchObject({ name: 'flowers', format: 'a folder per class', skipped: [] })
    expect(told(source)).toEqual([
      'Löwenzahn/a b.JPG Löwenzahn',
      'rose/1.png rose',
      'rose/garden/wild/2.png rose',
      'rose/x.gif rose',
    ])
    expect(await source.entries[1]?.read()).toEqual({ kind: 'encoded', bytes: png })
  })

  test('looks through folders that only wrap the others', async () => {
    const source = await open(await folderOf('download/set/rose/1.png', 'download/set/daisy/1.png'))
    expect(told(source)).toEqual(['download/set/daisy/1.png daisy', 'download/set/rose/1.png rose'])
  })

  test('takes train and test folders for the split, validation for training where there is a test', async () => {
    const files = ['Train/a/1.png', 'Train/b/1.png', 'val/a/2.png', 'test/b/2.png']
    expect(told(await open(await folderOf(...files)))).toEqual([
      'Train/a/1.png a train',
      'Train/b/1.png b train',
      'test/b/2.png b test',
      'val/a/2.png a train',
    ])
    expect(told(await open(await folderOf('set/train/a/1.png', 'set/val/b/1.png')))).toEqual([
      'set/train/a/1.png a train',
      'set/val/b/1.png b test',
    ])
  })

  test('a class may be called test where there is no train', async () => {
    expect(told(await open(await folderOf('test/1.png', 'rest/1.png')))).toEqual([
      'rest/1.png rest',
      'test/1.png test',
    ])
  })

  test('says why it leaves a file out', async () => {
    const source = await open(
      await folderOf(
        'a/1.png',
        'b/1.png',
        'loose.png',
        'a/.hidden.png',
        '__MACOSX/a/1.png',
        'a/Thumbs.db',
        ['a/notes.txt', 'words'],
        ['a/film.mp4', 'x'],
        ['a/empty', ''],
        ['b/data.bin', '\0\x01\x02\x03'],
      ),
    )
    expect(told(source)).toHaveLength(2)
    expect(reasons(source)).toEqual({
      'loose.png': "it lies in no class's folder.",
      'a/.hidden.png': 'it is hidden, or made by the system.',
      __MACOSX: 'it is hidden, or made by the system.',
      'a/Thumbs.db': 'it is hidden, or made by the system.',
      'a/notes.txt': 'it is not a picture.',
      'a/film.mp4': 'it is not a picture.',
      'a/empty': 'it is empty.',
      'b/data.bin': 'it is not a picture.',
    })
  })

  test('tells a picture by its content where its name says nothing', async () => {
    expect(told(await open(await folderOf('a/1', 'b/1.dat')))).toEqual(['a/1 a', 'b/1.dat b'])
  })

  test('follows no link out of the folder, and no circle', async () => {
    const outside = await folderOf('secret.png', 'more/1.png')
    const folder = await folderOf('a/1.png', 'b/1.png')
    await symlink(join(outside, 'secret.png'), join(folder, 'a/secret.png'))
    await symlink(join(outside, 'more'), join(folder, 'more'))
    await symlink(folder, join(folder, 'a/circle'))
    await symlink(join(folder, 'nothing'), join(folder, 'a/nowhere.png'))
    await symlink(join(folder, 'b/1.png'), join(folder, 'a/inside.png'))
    // A folder beside it whose path begins alike is outside as well.
    await mkdir(`${folder}2`)
    await writeFile(`${folder}2/1.png`, png)
    await symlink(`${folder}2/1.png`, join(folder, 'b/beside.png'))
    const source = await open(folder)
    expect(told(source)).toEqual(['a/1.png a', 'a/inside.png a', 'b/1.png b'])
    expect(reasons(source)).toEqual({
      'a/circle': 'it is a symbolic link to a folder, which is read where it is.',
      'a/nowhere.png': 'it is a symbolic link that leads nowhere.',
      'a/secret.png': 'it is a symbolic link that leads out of the folder.',
      'b/beside.png': 'it is a symbolic link that leads out of the folder.',
      more: 'it is a symbolic link that leads out of the folder.',
    })
  })

  test('a folder that is itself reached by a link is read', async () => {
    const folder = await folderOf('a/1.png', 'b/1.png')
    await symlink(folder, `${folder}-link`)
    expect(told(await open(`${folder}-link`))).toHaveLength(2)
  })

  test.skipIf(process.platform === 'win32')(
    'leaves out names with control characters, and shows them harmless',
    async () => {
      const source = await open(
        await folderOf('a/1.png', 'b/1.png', 'b/\u001b[31mred.png', 'b/x\u202egnp.png'),
      )
      expect(told(source)).toHaveLength(2)
      expect(reasons(source)).toEqual({
        'b/\\u{1b}[31mred.png': 'its name holds control characters.',
        'b/x\\u{202e}gnp.png': 'its name holds control characters.',
      })
    },
  )

  test('several folders chosen together are classes each', async () => {
    const folder = await folderOf('a/x/1.png', 'b/2.png', 'c/3.png')
    expect(told(await open(join(folder, 'a'), join(folder, 'b/')))).toEqual(['a/x/1.png a', 'b/2.png b'])
  })

  test('train and test folders chosen together are the split', async () => {
    const folder = await folderOf('train/a/1.png', 'train/b/1.png', 'test/a/2.png')
    expect(told(await open(join(folder, 'test'), join(folder, 'train')))).toEqual([
      'test/a/2.png a test',
      'train/a/1.png a train',
      'train/b/1.png b train',
    ])
  })

  test('class names are one form of each letter, and trimmed', async () => {
    const source = await open(
      await folderOf('train/Cafe\u0301/1.png', 'test/Caf\u00e9/1.png', 'train/ b/1.png'),
    )
    expect(new Set(source.entries.map(({ label }) => label))).toEqual(new Set(['Caf\u00e9', 'b']))
  })
})

describe('what cannot be a data set', () => {
  test.each([
    ['nothing chosen', [], /Choose a folder/],
    ['a folder that is not there', ['missing'], /missing: there is no such file or folder/],
    ['an empty folder', ['empty'], /empty: there is no picture in it/],
    ['pictures without classes', ['loose'], /loose: none of its pictures has a class/],
    ['a single class', ['single'], /single: all its images are of one class, "only"/],
  ])('%s is refused in words', async (_, paths, fault) => {
    const folder = await folderOf('loose/1.png', 'loose/2.png', 'single/only/1.png')
    await mkdir(join(folder, 'empty'))
    const error: unknown = await open(...paths.map(path => join(folder, path))).catch(reason => reason)
    expect(error).toMatchObject({ name: 'TwinlensError', message: expect.stringMatching(fault) })
  })

  test('a cancelled reading says so', async () => {
    const folder = await folderOf('a/1.png', 'b/1.png')
    await expect(openSource([folder], AbortSignal.abort())).rejects.toMatchObject({ kind: 'cancelled' })
  })
})

describe('a table of labels', () => {
  const pictures = ['img/1.png', 'img/2.png', 'img/3.png'] as const

  test.each([
    ['named columns', 'filename,label\n1.png,cat\n2.png,dog\n3.png,cat\n'],
    ['the order turned', 'label;file\r\ncat;1.png\r\ndog;2.png\r\ncat;3.png\r\n'],
    [
      'paths, tabs, and a byte order mark',
      '\ufeffimage\tclass\nimg/1.png\tcat\nimg/2.png\tdog\nimg/3.png\tcat\n',
    ],
    ['paths of another machine', 'path,label\nC:\\data\\img\\1.png,cat\n/home/x/2.png,dog\n./img/3.png,cat'],
    ['names without endings, quoted', 'id,"breed"\n"1","cat"\n"2","dog"\n"3","cat"\n'],
    ['no header', '1.png,cat\n2.png,dog\n3.png,cat\n'],
  ])('with %s gives the classes', async (_, csv) => {
    const source = await open(await folderOf(...pictures, ['labels.csv', csv]))
    expect(source.format).toBe('pictures with a table of labels')
    expect(told(source)).toEqual(['img/1.png cat', 'img/2.png dog', 'img/3.png cat'])
    expect(source.skipped).toEqual([])
    expect(source.columns.size).toBe(0)
  })

  test('by itself reads the pictures beside it', async () => {
    const folder = await folderOf(
      '1.png',
      '2.png',
      ['labels.csv', 'file,label\n1.png,cat\n2.png,dog\n'],
      ['other.csv', 'file,label\n1.png,bird\n'],
    )
    expect(told(await open(join(folder, 'labels.csv')))).toEqual(['1.png cat', '2.png dog'])
  })

  test('keeps other columns, and takes a column of parts for the split', async () => {
    const csv =
      'file,label,place,subset,"weight, kg"\n1.png,cat,home,train,3.5\n2.png,dog,"a ""b""",test,\n3.png,dog,home,val,9\n'
    const source = await open(await folderOf(...pictures, ['labels.csv', csv]))
    expect(told(source)).toEqual(['img/1.png cat train', 'img/2.png dog test', 'img/3.png dog train'])
    expect(Object.fromEntries(source.columns)).toEqual({
      place: ['home', 'a "b"', 'home'],
      'weight, kg': ['3.5', '', '9'],
    })
  })

  test('tells of rows without a picture, pictures without a row, and rows that say nothing', async () => {
    const csv = 'file,label\n1.png,cat\nmissing.png,cat\n1.png,dog\n2.png,dog\n4.png, \n'
    const source = await open(await folderOf(...pictures, 'img/4.png', ['labels.csv', csv]))
    expect(told(source)).toEqual(['img/1.png cat', 'img/2.png dog'])
    expect(reasons(source)).toEqual({
      'labels.csv, line 3': 'there is no picture "missing.png".',
      'labels.csv, line 4': 'another row names its picture, "1.png".',
      'labels.csv, line 6': 'it gives its picture, "4.png", no class or one whose name cannot be used.',
      'img/3.png': 'no row of the table names it.',
    })
  })

  test('train.csv and test.csv are the split, each with the pictures of its folder', async () => {
    const source = await open(
      await folderOf(
        'train/1.png',
        'train/2.png',
        'test/1.png',
        ['train.csv', 'file,label\ntrain/1.png,cat\ntrain/2.png,dog\n'],
        ['test.csv', 'file,label\ntest/1.png,cat\n'],
      ),
    )
    expect(told(source)).toEqual(['test/1.png cat test', 'train/1.png cat train', 'train/2.png dog train'])
  })

  test('tables within the train and test folders mean the pictures beside them', async () => {
    const source = await open(
      await folderOf(
        'train/1.png',
        'train/2.png',
        'test/1.png',
        ['train/labels.csv', 'file,label\n1.png,cat\n2.png,dog\n'],
        ['test/labels.csv', 'file,label\n1.png,dog\n'],
      ),
    )
    expect(told(source)).toEqual(['test/1.png dog test', 'train/1.png cat train', 'train/2.png dog train'])
  })

  test('leaves the classes to the folders where it names no labels', async () => {
    const csv = 'file,width\na/1.png,20\nb/2.png,30\n'
    const source = await open(await folderOf('a/1.png', 'b/2.png', ['sizes.csv', csv]))
    expect(told(source)).toEqual(['a/1.png a', 'b/2.png b'])
    expect(reasons(source)).toEqual({ 'sizes.csv': 'the folders give the classes.' })
  })

  test('with a quote that never ends, or in UTF-16, is named with its fault', async () => {
    const long = `file,label\n1.png,"cat\n${'2.png,dog\n'.repeat(20_000)}`
    const endless = await open(await folderOf('a/1.png', 'b/2.png', ['labels.csv', long]))
    expect(reasons(endless)['labels.csv']).toMatch(/line 2 is too long|a quote may have no end/)
    const folder = await folderOf('a/1.png', 'b/2.png')
    await writeFile(join(folder, 'labels.csv'), Buffer.from('\ufefffile,label\n', 'utf16le'))
    expect(reasons(await open(folder))['labels.csv']).toMatch(/UTF-16/)
  })
})
