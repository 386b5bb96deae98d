import { z } from 'zod'
import { call, every } from './rpc/contract-types.ts'

const nothing = z.undefined()
const bytes: z.ZodType<Uint8Array, Uint8Array> = z.instanceof(Uint8Array)

/** What the menu asks of the window, by the window's own names of its shortcuts. */
export const commandSchema = z.enum(['primary', 'step', 'stop', 'help'])
export type Command = z.infer<typeof commandSchema>

const pictureSchema = z.object({ name: z.string(), file: bytes })
/** A picture file as it lies on the disk. */
export type Picture = z.infer<typeof pictureSchema>

const pathKindSchema = z.enum(['folder', 'files', 'encoder'])
/** What the person is asked for: dialogs of most systems offer either. */
export type PathKind = z.infer<typeof pathKindSchema>

/** What the window and Electron's main process say to each other, over the one port that the preload forwards. */
export const desktopContract = {
  /**
   * Asks for a port to the engine, or to the next one while none runs. The port comes just before the answer, as a message
   * that carries one.
   */
  engine: call({ input: nothing, output: nothing }),
  /** Answered when the engine behind the newest such port has ended, with words on it for a person. */
  engineEnded: call({ input: nothing, output: z.object({ words: z.string() }) }),
  commands: every({ input: nothing, item: commandSchema }),
  /** Pictures that came by the menu or the file manager. */
  pictures: every({ input: nothing, item: pictureSchema }),
  /** Folders of saved runs that came by the command line or the file manager. */
  runs: every({ input: nothing, item: z.string() }),
  /** What the host has to tell the person, a sentence each. */
  notices: every({ input: nothing, item: z.string() }),
  /** Asks where to save a file and writes it. Null when the person did not want to after all. */
  saveFile: call({
    input: z.object({ name: z.string().min(1).max(200), file: bytes }),
    output: z.object({ name: z.string() }).nullable(),
  }),
  /** Asks which images or which encoder to import, of which the engine reads what the person chose. Empty when they chose nothing. */
  choosePaths: call({ input: z.object({ kind: pathKindSchema }), output: z.array(z.string()) }),
  /** Moves all that lies in Twinlens' bin to the system's trash: main looks itself what that is. */
  trashBin: call({ input: nothing, output: z.object({ trashed: z.int().nonnegative() }) }),
} as const

export type DesktopContract = typeof desktopContract
