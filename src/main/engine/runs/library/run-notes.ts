import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type NotesChange, type RunNotes, runNotesSchema } from '../../../../shared/contract/run-library.ts'
import { badFile, invalidInput } from '../../../../shared/errors.ts'
import { writeFileWhole } from '../write-file.ts'

/** Beside what the manifest lists, and not in it: what is written of a run never changes what was learned. */
const fileOf = (folder: string): string => join(folder, 'notes.json')

export const noNotes: RunNotes = { title: '', note: '', tags: [] }

/** What a person wrote of a run; nothing for one of which nobody has. @throws bad-file naming the file and its fault */
export async function readNotes(folder: string): Promise<RunNotes> {
  const file = fileOf(folder)
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return noNotes
    throw badFile(file, 'it cannot be read.', error)
  }
  try {
    return runNotesSchema.parse(JSON.parse(text))
  } catch (error) {
    throw badFile(file, 'it holds no notes that Twinlens can read.', error)
  }
}

/**
 * Writes them whole or not at all. A tag that comes twice is kept once.
 * @throws invalid-input in words; bad-file, also where the old ones cannot be read: they are not written over; disk-full
 */
export async function changeNotes(folder: string, change: NotesChange): Promise<RunNotes> {
  const before = await readNotes(folder)
  const { title = before.title, note = before.note, tags = before.tags } = change
  const parsed = runNotesSchema.safeParse({ title, note, tags })
  if (!parsed.success) throw invalidInput(parsed.error.issues.map(({ message }) => message).join(' '))
  const notes = { ...parsed.data, tags: [...new Set(parsed.data.tags)] }
  await writeFileWhole(fileOf(folder), `${JSON.stringify(notes, null, 2)}\n`)
  return notes
}
