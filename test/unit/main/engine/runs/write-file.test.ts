import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { writeFileWhole } from '../../../../../src/main/engine/runs/write-file.ts'
import { temporaryFolder } from '../../../../support/files.ts'

describe('writeFileWhole', () => {
  test('replaces what was there, and leaves nothing beside it', async () => {
    const folder = await temporaryFolder()
    await writeFile(join(folder, 'a'), 'old')
    await writeFileWhole(join(folder, 'a'), 'new')
    expect(await readFile(join(folder, 'a'), 'utf8')).toBe('new')
    expect(await readdir(folder)).toEqual(['a'])
  })

  test('where it cannot be written nothing is changed, and the file is named', async () => {
    const folder = await temporaryFolder()
    await mkdir(join(folder, 'taken'))
    await writeFile(join(folder, 'taken', 'inside'), '')
    await expect(writeFileWhole(join(folder, 'taken'), 'x')).rejects.toThrow(/taken could not be saved/)
    expect(await readdir(folder)).toEqual(['taken'])
    const nowhere = writeFileWhole(join(folder, 'no', 'a'), 'x')
    await expect(nowhere).rejects.toMatchObject({ kind: 'bad-file' })
  })
})
