import { onScopeDispose, type ShallowRef, shallowRef } from 'vue'
import { useEngine } from '../../../engine.ts'
import { useHost } from '../../../host.ts'
import { errorNotice } from '../../../ui/error-notice.ts'
import { useExplorer } from '../../explorer-state.ts'
import { useCurrentAnalysis } from '../../use-current-analysis.ts'
import { asCsv } from './as-csv.ts'
import { asFolder } from './as-folder.ts'
import { asSheet } from './as-sheet.ts'
import type { ExportJob } from './job.ts'

const makers = { csv: asCsv, folder: asFolder, sheet: asSheet } as const
export type ExportKind = keyof typeof makers

export interface Exporting {
  /** From 0 to 1 while one is being made; null while none is. */
  readonly share: ShallowRef<number | null>
  readonly fault: ShallowRef<string | null>
  start(kind: ExportKind): Promise<void>
  cancel(): void
}

/** Hands the selection to the person as a file, one export at a time. */
export function useExport(): Exporting {
  const { client, data } = useEngine()
  const { images, selected, source } = useExplorer()
  const { analysis } = useCurrentAnalysis()
  const host = useHost()
  const share = shallowRef<number | null>(null)
  const fault = shallowRef<string | null>(null)
  let current: AbortController | null = null

  const cancel = () => {
    current?.abort()
    current = null
    share.value = null
  }
  onScopeDispose(cancel)

  const start = async (kind: ExportKind) => {
    if (selected.value === null || data.value === null || current !== null) return
    const mine = new AbortController()
    current = mine
    share.value = 0
    fault.value = null
    const job: ExportJob = {
      indices: selected.value.indices,
      images: images.value,
      data: data.value,
      points: source.value,
      analysis: analysis.value,
      fetch: (split, indices) => client.images({ split, indices }, { signal: mine.signal }),
      progress: done => {
        if (current === mine) share.value = done
      },
      signal: mine.signal,
    }
    try {
      const file = await makers[kind](job)
      if (current === mine) await host.save(nameOf(kind, job, file), file)
    } catch (error) {
      if (!mine.signal.aborted) fault.value = errorNotice(error).text
    }
    if (current === mine) cancel()
  }
  return { share, fault, start, cancel }
}

const endings: Readonly<Record<string, string>> = {
  'text/csv': 'csv',
  'application/zip': 'zip',
  'image/png': 'png',
}

function nameOf(kind: ExportKind, { data, images, indices }: ExportJob, file: Blob): string {
  const what = { csv: 'selection', folder: 'images', sheet: 'sheet' }[kind]
  const of = images.count === images.tests ? '' : '-test-and-train'
  return `${data.name}${of}-${what}-${indices.length}.${endings[file.type] ?? 'bin'}`
}
