import { Command } from 'commander'
import { expect, test } from 'vitest'
import { openCommand } from '../../../../../src/main/host/browser/command.ts'

/** Parses without running. */
async function parse(...args: string[]): Promise<unknown> {
  const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined })
  openCommand(program, () => undefined)
  let seen: unknown
  const [command] = program.commands
  command?.exitOverride().action(options => {
    seen = options
  })
  await program.parseAsync(['open', ...args], { from: 'user' })
  return seen
}

test('a browser is opened, on any free port, unless one says otherwise', async () => {
  expect(await parse()).toEqual({ open: true })
  expect(await parse('--no-open', '--port', '8080')).toEqual({ open: false, port: 8080 })
})

test.each(['65536', '-1', '1.5', '0x10', '', 'http'])('%s is no port', async port => {
  await expect(parse('--port', port)).rejects.toThrow('is not a port')
})
