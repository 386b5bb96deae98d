import type { MessageChannelMain, WebContents } from 'electron'
import {
  type Command,
  type DesktopContract,
  desktopContract,
  type Picture,
} from '../../../../shared/desktop-contract.ts'
import type { Handlers } from '../../../../shared/rpc/contract-types.ts'
import { serve } from '../../../../shared/rpc/server.ts'
import { type ConnectEngine, EngineLink } from './engine-link.ts'
import { Mailbox } from './mailbox.ts'
import { MainPort } from './main-port.ts'

export interface WindowLinkOptions {
  readonly connect: ConnectEngine
  readonly newChannel: () => MessageChannelMain
  readonly saveFile: Handlers<DesktopContract>['saveFile']
  readonly choosePaths: Handlers<DesktopContract>['choosePaths']
  readonly trashBin: Handlers<DesktopContract>['trashBin']
  readonly log: (text: string) => void
}

/** What this process has to say to the window, whichever page shows it: what comes while there is none waits. */
export class WindowLink {
  readonly commands = new Mailbox<Command>(10)
  readonly pictures = new Mailbox<Picture>(1)
  /** Folders. */
  readonly runs = new Mailbox<string>(1)
  readonly notices = new Mailbox<string>(10)
  readonly #options: WindowLinkOptions
  #leave: () => void = () => undefined

  constructor(options: WindowLinkOptions) {
    this.#options = options
  }

  /** Gives a page its port. A page that asks twice, or that was loaded anew, leaves the one before. */
  join(contents: Pick<WebContents, 'postMessage'>): void {
    const { connect, newChannel, saveFile, choosePaths, trashBin, log } = this.#options
    this.#leave()
    const { port1, port2 } = newChannel()
    const port = new MainPort(port1)
    const engine = new EngineLink(connect)
    port.onClose(() => engine.close())
    this.#leave = () => port.close()
    serve(
      desktopContract,
      {
        engine: async () => {
          await engine.open(end => port1.postMessage('engine', [end]))
          log('The window is connected to the engine.')
          return undefined
        },
        engineEnded: () => engine.ended,
        commands: (_, { signal }) => this.commands.take(signal),
        pictures: (_, { signal }) => this.pictures.take(signal),
        runs: (_, { signal }) => this.runs.take(signal),
        notices: (_, { signal }) => this.notices.take(signal),
        saveFile,
        choosePaths,
        trashBin,
      },
      port,
      {
        onInternalError: (error, method) => log(`${method} failed: ${describe(error)}`),
        onRefused: reason => log(`The window sent ${reason}: refused.`),
      },
    )
    contents.postMessage('twinlens:port', null, [port2])
  }
}

const describe = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error)
