import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { assertCreatable, createFolderAtomically } from '../../../../../src/main/engine/runs/atomic-folder.ts'
import { temporaryFolder } from '../../../../support/files.ts'

describe('createFolderAtomically', () => {
  test('the folder is there with its files, and nothing else', async () => {
    const place = await temporaryFolder()
    await createFolderAtomically(join(place, 'run'), folder => writeFile(join(folder, 'a'), '1'))
    expect(await readdir(place)).toEqual(['run'])
    expect(await readFile(join(place, 'run', 'a'), 'utf8')).toBe('1')
  })

  test('while it is filled it is not to be seen under its name', async () => {
    const place = await temporaryFolder()
    await createFolderAtomically(join(place, 'run'), async () => {
      expect(await readdir(place)).not.toContain('run')
    })
  })

  test('a failure leaves nothing and is told', async () => {
    const place = await temporaryFolder()
    const failing = createFolderAtomically(join(place, 'run'), async folder => {
      await writeFile(join(folder, 'a'), '1')
      throw Object.assign(new Error('no space'), { code: 'ENOSPC' })
    })
    await expect(failing).rejects.toMatchObject({ kind: 'disk-full' })
    expect(await readdir(place)).toEqual([])
  })

  test('an existing folder is refused and left as it is', async () => {
    const place = await temporaryFolder()
    await mkdir(join(place, 'run'))
    await writeFile(join(place, 'run', 'mine'), 'kept')
    const second = createFolderAtomically(join(place, 'run'), async () => {})
    await expect(second).rejects.toThrow(/exists already/)
    expect(await readFile(join(place, 'run', 'mine'), 'utf8')).toBe('kept')
  })

  test('what an interrupted process of the same number left behind does not matter', async () => {
    const place = await temporaryFolder()
    await mkdir(join(place, `run.tmp-${process.pid}`))
    await writeFile(join(place, `run.tmp-${process.pid}`, 'old'), '')
    await createFolderAtomically(join(place, 'run'), folder => writeFile(join(folder, 'new'), ''))
    expect(await readdir(join(place, 'run'))).toEqual(['new'])
  })

  test('a place where no folder can be made is told, before anything is filled', async () => {
    const place = await temporaryFolder()
    await writeFile(join(place, 'file'), '')
    const inside = join(place, 'file', 'run')
    await expect(assertCreatable(inside)).rejects.toMatchObject({ kind: 'bad-file' })
    await expect(createFolderAtomically(inside, () => expect.unreachable())).rejects.toThrow(
      /could not be saved/,
    )
    await assertCreatable(join(place, 'new', 'run'))
    expect(await readdir(join(place, 'new'))).toEqual([])
  })
})
