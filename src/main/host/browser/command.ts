import { type Command, InvalidArgumentError } from 'commander'
import type { TerminalOptions } from './terminal.ts'

export function openCommand(program: Command, exit: (code: number) => void): void {
  program
    .command('open')
    .description('Open Twinlens in a window of your browser.')
    .option('--port <number>', 'the port on 127.0.0.1 to use (default: any free one)', portNumber)
    .option('--no-open', 'only print the address')
    .action(async (options: TerminalOptions) => {
      // Loaded when it is needed: the server takes a third of a second, which every other command would pay.
      const { runBrowserHost } = await import('./terminal.ts')
      exit(await runBrowserHost(options))
    })
}

function portNumber(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (port >= 0 && port <= 65_535) return port
  throw new InvalidArgumentError(`"${text}" is not a port: a whole number up to 65535.`)
}
