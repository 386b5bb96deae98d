import { type ComputedRef, computed, onScopeDispose, type ShallowRef, shallowRef } from 'vue'
import type { ImportOptions, ImportProgress, ImportReport, Scan } from '../../../shared/contract.ts'
import type { EngineClient } from '../../engine-client.ts'
import { errorNotice } from '../../ui/error-notice.ts'

/** One import from the first look to the end. */
export interface Import {
  /** What was found so far; its preview comes last, and stays while another one is made. */
  readonly scan: ShallowRef<Scan | null>
  readonly options: ShallowRef<ImportOptions | null>
  readonly scanning: ShallowRef<boolean>
  /** Null while nothing is imported. */
  readonly progress: ShallowRef<ImportProgress | null>
  readonly report: ShallowRef<ImportReport | null>
  readonly fault: ShallowRef<string | null>
  /** There is a preview of just these options. */
  readonly canImport: ComputedRef<boolean>
  /** Looks at folders or files on this machine. */
  look(paths: readonly string[]): Promise<void>
  /** Other options, of which the preview is made anew. */
  change(part: Partial<ImportOptions>): Promise<void>
  start(): Promise<void>
  /** Ends what is under way; nothing of it is left. */
  cancel(): void
}

export function createImport(client: Pick<EngineClient, 'scanSource' | 'importSource'>): Import {
  const scan = shallowRef<Scan | null>(null)
  const options = shallowRef<ImportOptions | null>(null)
  const scanning = shallowRef(false)
  const progress = shallowRef<ImportProgress | null>(null)
  const report = shallowRef<ImportReport | null>(null)
  const fault = shallowRef<string | null>(null)
  let paths: string[] = []
  let current: AbortController | null = null

  const cancel = () => {
    current?.abort()
    current = null
    scanning.value = false
    progress.value = null
  }

  /** Whatever was under way before is no longer wanted. */
  const alone = async (work: (signal: AbortSignal) => Promise<void>) => {
    cancel()
    const mine = new AbortController()
    current = mine
    fault.value = null
    try {
      await work(mine.signal)
    } catch (error) {
      if (current === mine) fault.value = errorNotice(error).text
    }
    if (current === mine) cancel()
  }

  const preview = () =>
    alone(async signal => {
      scanning.value = true
      for await (const item of client.scanSource({ paths, options: options.value }, { signal })) {
        if (signal.aborted) return
        // The preview before stays in sight until the new one is there.
        scan.value = { ...item, preview: item.preview ?? scan.value?.preview ?? null }
        options.value ??= item.preview?.options ?? null
      }
    })

  return {
    ...{ scan, options, scanning, progress, report, fault },
    canImport: computed(
      () => !scanning.value && progress.value === null && fault.value === null && scan.value?.preview != null,
    ),
    async look(wanted) {
      paths = [...wanted]
      scan.value = null
      options.value = null
      report.value = null
      await preview()
    },
    async change(part) {
      if (options.value === null) return
      options.value = { ...options.value, ...part }
      await preview()
    },
    start: () =>
      alone(async signal => {
        if (options.value === null) return
        const wanted = { paths, options: options.value }
        for await (const item of client.importSource(wanted, { signal })) {
          if (signal.aborted) return
          progress.value = item
          if (item.report !== null) report.value = item.report
        }
      }),
    cancel,
  }
}

/** For as long as the component is there. */
export function useImport(client: EngineClient): Import {
  const made = createImport(client)
  onScopeDispose(made.cancel)
  return made
}
