import type { Command } from 'commander'
import { openBackend } from '../../../engine/tensorflow/backends.ts'
import { backendOption } from '../options.ts'

export function backendsCommand(program: Command): void {
  program
    .command('backends')
    .description('Say which backend computes here, and why no better one does.')
    .addOption(backendOption())
    .option('--json', 'write JSON instead of words')
    .action(async ({ backend, json }: { backend?: string; json?: boolean }) => {
      const report = await openBackend(backend)
      if (json === true) {
        console.log(JSON.stringify(report))
        return
      }
      console.log(`${report.backend}: ${report.description}`)
      console.log(`computes on: ${report.device}`)
      for (const { backend: name, reason } of report.passedOver) console.log(`not ${name}: ${reason}`)
    })
}
