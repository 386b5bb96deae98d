import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { dataFolder } from '../../engine/runs/run-folders.ts'
import { backendNames } from '../../engine/tensorflow/backend-names.ts'
import { openEngineLog } from '../engine-process/engine-log.ts'
import { EngineProcess } from '../engine-process/engine-process.ts'
import { forkedEngine } from '../engine-process/forked-engine.ts'
import { Access } from './access.ts'
import { type Server, startServer } from './server.ts'
import { joinWindow } from './window.ts'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

export interface BrowserHostOptions {
  /** To listen on; any free one if left out or 0. */
  readonly port?: number | undefined
  /** Folder of the built window. */
  readonly root?: string
  /** Module that the engine's process runs. */
  readonly entry?: string
  /** Folder of the engine's log. */
  readonly logFolder?: string
  /** Told what whoever started this should know, a sentence each. */
  readonly tell?: (sentence: string) => void
}

export interface BrowserHost {
  /** The address that lets a browser in; it holds the token. */
  readonly url: string
  readonly engine: EngineProcess
  /** Says goodbye to all windows and ends the engine. */
  close(): Promise<void>
}

/** Why the host cannot open; `message` is a sentence for a person. */
export class CannotOpen extends Error {
  override readonly name = 'CannotOpen'
}

/**
 * Serves the window and the engine to browsers on this machine.
 * @throws CannotOpen
 */
export async function openBrowserHost(options: BrowserHostOptions = {}): Promise<BrowserHost> {
  const {
    port = 0,
    root = at('../../../../build/renderer'),
    entry = at('../../engine/entry.ts'),
    logFolder = join(dataFolder(), 'logs'),
    tell = () => undefined,
  } = options
  if (!existsSync(join(root, 'index.html'))) {
    throw new CannotOpen(
      'The window has not been built yet. Run "npm run setup" in the folder of Twinlens, then try again.',
    )
  }
  const log = openEngineLog(logFolder, tell)
  const access = new Access()
  const starting = Promise.withResolvers<EngineProcess>()
  const server = await startServer({
    root,
    port,
    access,
    onWindow: (socket, connection) => {
      const connect = async (onStop: (notice: string) => void) => (await starting.promise).connect(onStop)
      void joinWindow(socket, connection, { connect, log: log.write })
    },
  }).catch((error: unknown) => {
    throw explained(error, port)
  })
  const engine = new EngineProcess({
    start: forkedEngine(entry, log.write),
    ladder: backendNames,
    backend: process.env['TWINLENS_BACKEND'] || undefined,
    log: log.write,
    onStop: notice => tell(`${notice} Its log: ${log.file}`),
  })
  starting.resolve(engine)
  return { url: access.address(server.port), engine, close: () => closeBoth(server, engine) }
}

/** Windows first: they are told that this is no accident. */
async function closeBoth(server: Server, engine: EngineProcess): Promise<void> {
  await server.close()
  await engine.close()
}

function explained(error: unknown, port: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const options = { cause: error }
  if (code === 'EADDRINUSE') {
    return new CannotOpen(`Port ${port} is taken. Choose another with --port, or leave it out.`, options)
  }
  if (code === 'EACCES') {
    return new CannotOpen(
      `Port ${port} is not for everyone to use. Choose one above 1023, or leave it out.`,
      options,
    )
  }
  return error
}
