import { type ShallowRef, shallowRef, watch } from 'vue'
import { galleryLimits } from '../../../shared/contract.ts'
import { TwinlensError } from '../../../shared/errors.ts'
import type { Engine } from '../../engine.ts'
import type { EngineClient } from '../../engine-client.ts'
import { errorNotice } from '../../ui/error-notice.ts'
import { perEngine } from '../per-engine.ts'
import { type FolderFiles, picturesOf } from './folder-files.ts'
import { inMessages } from './in-messages.ts'

/** A folder whose pictures the engine has: a gallery of it. */
export interface Folder {
  /** The engine's name for it. */
  readonly gallery: string
  readonly name: string
  /** Each of its pictures that is in the gallery, in its order: the path within the folder. */
  readonly names: readonly string[]
  /** What of it could not be used, a sentence each. */
  readonly refused: readonly string[]
}

export interface FoldersState {
  readonly folders: ShallowRef<readonly Folder[]>
  /** The one on its way to the engine, and how many of its pictures have been read. */
  readonly bringing: ShallowRef<{
    readonly name: string
    readonly done: number
    readonly total: number
  } | null>
  /** Brings a folder's pictures to the engine. @returns null where it was cancelled @throws TwinlensError */
  bring(folder: FolderFiles): Promise<Folder | null>
  /** What was brought so far is forgotten. */
  cancel(): void
  drop(gallery: string): Promise<void>
  find(gallery: string): Folder | undefined
}

export function createFolders({
  client,
  data,
  training,
}: Pick<Engine, 'client' | 'data' | 'training'>): FoldersState {
  const folders = shallowRef<readonly Folder[]>([])
  const bringing = shallowRef<{ name: string; done: number; total: number } | null>(null)
  let current: AbortController | null = null

  const drop = async (gallery: string) => {
    folders.value = folders.value.filter(folder => folder.gallery !== gallery)
    await client.dropGallery({ gallery })
  }
  // Another engine has none of them.
  watch(
    () => training.value.training,
    (now, before) => {
      if (now < before) folders.value = []
    },
  )
  watch(data, (now, before) => {
    if (before === null || (now?.name === before.name && now.height === before.height)) return
    folders.value = []
  })

  return {
    folders,
    bringing,
    async bring(folder) {
      current?.abort()
      const mine = new AbortController()
      current = mine
      const total = checked(folder)
      bringing.value = { name: folder.name, done: 0, total }
      const classes = data.value?.classes ?? []
      let sent: Sent | null = null
      try {
        for await (const state of upload(client, folder, classes, mine.signal)) {
          sent = state
          bringing.value = { name: folder.name, done: state.done, total }
        }
        const { gallery, names, refused } = sent ?? nothingSent
        if (gallery === undefined || names.length === 0) throw noneUsable(folder.name)
        const brought = { gallery, name: folder.name, names, refused }
        folders.value = [...folders.value, brought]
        return brought
      } catch (error) {
        if (sent?.gallery !== undefined) await drop(sent.gallery)
        if (mine.signal.aborted) return null
        throw error
      } finally {
        if (current === mine) {
          current = null
          bringing.value = null
        }
      }
    },
    cancel: () => current?.abort(),
    drop,
    find: gallery => folders.value.find(folder => folder.gallery === gallery),
  }
}

const noneUsable = (name: string, why = 'no picture in it could be used.'): TwinlensError =>
  new TwinlensError('bad-file', `${name}: ${why}`)

/** @returns how many pictures there are @throws TwinlensError none, or too many */
function checked(folder: FolderFiles): number {
  const { length } = picturesOf(folder).pictures
  if (length === 0)
    throw noneUsable(folder.name, 'there is no picture in it (PNG, JPEG, WebP, BMP, TIFF or GIF).')
  if (length > galleryLimits.pictures) {
    const [has, most] = [length, galleryLimits.pictures].map(count => count.toLocaleString('en'))
    throw noneUsable(folder.name, `it holds ${has} pictures; at most ${most} can be searched.`)
  }
  return length
}

/** A picture's class is the class that the folder it lies in is named after. */
function labelOf(path: string, classes: readonly string[]): number | null {
  const label = classes.indexOf(path.split('/').at(-2) ?? '')
  return label < 0 ? null : label
}

/** How far it is: what the engine has by now. */
interface Sent {
  /** Left out until the first pictures were sent. */
  readonly gallery: string | undefined
  readonly names: readonly string[]
  readonly refused: readonly string[]
  readonly done: number
}

const nothingSent: Sent = { gallery: undefined, names: [], refused: [], done: 0 }

/** The engine tells of those it could not use, in their order. @returns the others */
function accepted(sent: readonly string[], refused: readonly string[]): string[] {
  let next = 0
  return sent.filter(name => {
    if (name !== refused[next]) return true
    next++
    return false
  })
}

async function* upload(
  client: EngineClient,
  folder: FolderFiles,
  classes: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<Sent, void> {
  const { pictures, others } = picturesOf(folder)
  const refused = others === 0 ? [] : [`${others} ${others === 1 ? 'file is' : 'files are'} no picture.`]
  const names: string[] = []
  let gallery: string | undefined
  let done = 0
  for await (const read of inMessages(pictures, { nameOf: one => one.path })) {
    signal.throwIfAborted()
    refused.push(...read.faults.map(({ fault }) => fault))
    const message = read.pictures.map(({ of, name, file }) => {
      const label = labelOf(of.path, classes)
      return label === null ? { name, file } : { name, file, label }
    })
    if (message.length > 0) {
      const input = gallery === undefined ? { pictures: message } : { gallery, pictures: message }
      const state = await client.addPictures(input, { signal })
      gallery = state.gallery
      const sent = message.map(({ name }) => name)
      names.push(
        ...accepted(
          sent,
          state.refused.map(({ name }) => name),
        ),
      )
      refused.push(...state.refused.map(({ error }) => error.message))
    }
    done += read.pictures.length + read.faults.length
    yield { gallery, names: [...names], refused: [...refused], done }
  }
}

export const useFolders: () => FoldersState = perEngine(createFolders)

/** What went wrong with a folder, in words. */
export const folderFault = (error: unknown): string => errorNotice(error).text
