import { zipSync } from 'fflate'
import type { ExportFormat, exportCalls } from '../../../shared/contract/exports.ts'
import { invalidInput } from '../../../shared/errors.ts'
import type { Handlers } from '../../../shared/rpc/contract-types.ts'
import { maxFrameBytes } from '../../../shared/rpc/frame.ts'
import { makeExport, openForExport } from '../exports/formats.ts'
import { savedRunFolder } from '../runs/run-folders.ts'
import type { ServiceContext } from './context.ts'

/** Of the formats that are one file. */
const endings: Partial<Record<ExportFormat, string>> = {
  report: 'html',
  onnx: 'onnx',
  csv: 'csv',
  npz: 'npz',
}

/** What a message holds besides a file. */
const room = 10_000

export const exportHandlers = ({ data }: Pick<ServiceContext, 'data'>) =>
  ({
    exportRun: async ({ name, format }) => {
      const { content, note } = await makeExport(await openForExport(savedRunFolder(name)), format, {
        open: data(),
      })
      const isFile = content instanceof Uint8Array
      const file = isFile ? content : zipSync(Object.fromEntries(content))
      if (file.length > maxFrameBytes - room) {
        throw invalidInput(
          `This export takes ${Math.round(file.length / 1e6)} MB, more than a window can be handed. "twinlens export" on the command line writes it.`,
        )
      }
      const ending = isFile ? (endings[format] ?? format) : 'zip'
      return { name: `${name} ${format}.${ending}`, file, note }
    },
  }) satisfies Handlers<typeof exportCalls>
