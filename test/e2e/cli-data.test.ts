import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { imageAt, type LabelledImages } from '../../src/main/engine/data/data-set.ts'
import { loadDigits } from '../../src/main/engine/data/digits.ts'
import { openDataSet } from '../../src/main/engine/data/open-data-set.ts'
import { toPng } from '../../src/main/engine/pictures/png.ts'
import { openRun } from '../../src/main/engine/runs/run-folder.ts'
import { type CliResult, twinlens } from '../support/cli.ts'
import { colourFolder } from '../support/picture-folder.ts'
import { type ZipEntry, zipBytes } from '../support/zip.ts'

const short = ['--iterations', '5', '--hidden-sizes', '16', '--backend', 'wasm']

let home: string
let digits: LabelledImages
/** A folder per class of the first 120 digits as PNG, and a file that is none. */
let pictures: string
let before: string | undefined
/** The library is this file's own, for the processes and for what is looked at here. */
const run = (...args: readonly string[]): Promise<CliResult> => twinlens(args)

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'twinlens-cli-data-'))
  before = process.env['TWINLENS_DATA']
  process.env['TWINLENS_DATA'] = join(home, 'kept')
  pictures = join(home, 'written digits')
  digits = (await loadDigits(120, 1)).train
  for (let i = 0; i < digits.count; i++) {
    const folder = join(pictures, String(digits.labels[i]))
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, `${i}.png`), await toPng(imageAt(digits, i), digits))
  }
  await writeFile(join(pictures, '3', 'broken.png'), 'this is no picture')
})
afterAll(async () => {
  if (before === undefined) delete process.env['TWINLENS_DATA']
  else process.env['TWINLENS_DATA'] = before
  await rm(home, { recursive: true, force: true })
})

describe('pictures of one’s own on the command line', () => {
  test('are imported, trained on, and searched by number and by picture', async () => {
    const skipped = join(home, 'skipped.csv')
    const imported = await run('data', 'import', pictures, '--skipped', skipped)
    expect(imported).toMatchObject({ code: 0, stdout: expect.stringMatching(/^[0-9a-f]{64}\n$/) })
    expect(imported.stderr).toContain('of 28 x 28 in grey, 10 classes')
    expect(imported.stderr).toContain('left out: 3/broken.png')
    expect(await readFile(skipped, 'utf8')).toMatch(/^picture,reason\n3\/broken\.png,/)

    const folder = join(home, 'run')
    const trained = await run('train', '--data', pictures, ...short, '--out', folder)
    expect(trained.stderr).toContain('Taken from the library')
    expect(trained).toMatchObject({ code: 0, stdout: expect.stringContaining('Data: written digits, ') })
    const { config, test: ofRun } = await openRun(folder)
    expect(config.data.source).toMatchObject({ kind: 'imported', id: imported.stdout.trim() })
    expect((await run('search', folder, '--index', '1', '--count', '3')).code).toBe(0)

    // Each image is one of the digits, byte for byte; the one that is searched with finds itself.
    const { train, test: tested } = await openDataSet({ kind: 'imported', id: imported.stdout.trim() })
    const keys = new Map<string, number>()
    for (let i = 0; i < digits.count; i++) keys.set(Buffer.from(imageAt(digits, i)).toString('base64'), i)
    const origin = (images: LabelledImages, i: number) =>
      keys.get(Buffer.from(imageAt(images, i)).toString('base64'))
    expect(train.count + tested.count).toBe(digits.count)
    for (let i = 0; i < train.count; i++)
      expect(digits.labels[origin(train, i) as number]).toBe(train.labels[i])
    const picture = join(pictures, String(tested.labels[0]), `${origin(tested, 0)}.png`)
    const found = await run('search', folder, '--image', picture, '--count', '3', '--json')
    expect(found.code).toBe(0)
    const answer = z.object({ neighbours: z.array(z.looseObject({ distance: z.number() })) })
    const { neighbours } = answer.parse(JSON.parse(found.stdout))
    expect(neighbours).toHaveLength(3)
    expect(neighbours[0]?.distance).toBeCloseTo(0, 5)
    expect(ofRun.labels[0]).toBe(tested.labels[0])
  })

  test('give the same data set out of a zip, and are listed, shown and removed', async () => {
    const entries: ZipEntry[] = []
    for (const name of await readdir(pictures))
      for (const file of await readdir(join(pictures, name)))
        entries.push({ name: `${name}/${file}`, content: await readFile(join(pictures, name, file)) })
    const zip = join(home, 'zipped.zip')
    await writeFile(zip, zipBytes(entries))
    const folder = await run('data', 'import', pictures)
    const zipped = await run('data', 'import', zip, '--name', 'from a zip')
    expect(zipped).toMatchObject({ code: 0, stdout: folder.stdout })
    expect((await run('data', 'list')).stdout).toContain('from a zip')
    const shown = await run('data', 'show', 'from a zip')
    expect(shown.stdout).toContain(`Id: ${zipped.stdout.trim()}`)
    expect(shown.stdout).toContain('Classes: 0, 1, 2, 3, 4, 5, 6, 7, 8, 9')
    expect((await run('data', 'remove', zipped.stdout.slice(0, 12))).code).toBe(0)
    expect((await run('data', 'list')).stdout).toContain('The library is empty')
    expect(await run('data', 'show', 'from a zip')).toMatchObject({ code: 2 })
    expect((await run('data', 'restore')).stdout).toContain('from a zip')
    expect(await run('data', 'restore', 'from a zip')).toMatchObject({ code: 0 })
    expect((await run('data', 'show', 'from a zip')).stdout).toBe(shown.stdout)
    await run('data', 'remove', 'from a zip')
    expect((await run('data', 'empty-bin')).stdout).toContain('--yes')
    expect((await run('data', 'empty-bin', '--yes')).stdout).toContain('1 deleted for good')
    expect((await run('data', 'restore')).stdout).toContain('The bin is empty')
    expect(await run('data', 'restore', 'from a zip')).toMatchObject({ code: 2 })
  })

  test('in colour train in colour, of the size, split and fit that are asked for', async () => {
    const colours = await colourFolder(['red', 'green', 'blue'], 8)
    const folder = join(home, 'colour-run')
    const asked = ['--size', '16', '--fit', 'crop', '--test-share', '0.25', '--split-seed', '4']
    const trained = await run('train', '--data', colours, ...asked, ...short, '--out', folder)
    expect(trained.code).toBe(0)
    expect(trained.stdout).toContain('18 training and 6 test images of 16 x 16 in colour, 3 classes')
    expect((await openRun(folder)).config.data.classes).toEqual(['blue', 'green', 'red'])
    await rm(colours, { recursive: true })
  })

  test('what does not go together is refused before anything is imported', async () => {
    for (const args of [
      ['--size', '32'],
      ['--data', pictures, '--size', '8'],
      ['--data', pictures, '--train-count', '5'],
    ]) {
      const refused = await run('train', ...args, ...short, '--out', join(home, 'never'))
      expect(refused).toMatchObject({ code: 2, stdout: '' })
    }
    const gone = await run('data', 'import', join(home, 'gone'))
    expect(gone).toMatchObject({ code: 1, stderr: expect.stringContaining('gone') })
  })
})
