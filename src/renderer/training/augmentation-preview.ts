import { onScopeDispose, type ShallowRef, shallowRef, watch } from 'vue'
import {
  type AugmentationPreview,
  type AugmentationValues,
  augmentationSchema,
} from '../../shared/contract.ts'
import { TwinlensError } from '../../shared/errors.ts'
import { augmentationFields } from '../../shared/hyperparameters/augmentation.ts'
import type { Engine } from '../engine.ts'
import { errorNotice } from '../ui/error-notice.ts'
import { checkField } from './form-fields.ts'
import type { HyperparameterForm } from './hyperparameter-form.ts'

/** As many as are seen at a glance. */
const images = 4
const versions = 5

/** Whoever types a number is not to be answered at each digit of it. */
export const quietMs = 250

const names = Object.keys(augmentationFields) as (keyof typeof augmentationFields)[]

/** What stands in the form's fields of augmentation; null while one of them is wrong. */
function askedIn({ texts }: Pick<HyperparameterForm, 'texts'>): AugmentationValues | null {
  const values = names.map(name => [name, checkField(name, texts[name])] as const)
  if (values.some(([, result]) => 'error' in result)) return null
  return augmentationSchema.parse(
    Object.fromEntries(values.flatMap(([name, result]) => ('value' in result ? [[name, result.value]] : []))),
  )
}

export interface AugmentationPreviewState {
  /** Null while there is nothing to see yet. */
  readonly preview: ShallowRef<AugmentationPreview | null>
  readonly fault: ShallowRef<string | null>
  /** Why nothing is drawn, in a sentence; null where something is. */
  readonly why: ShallowRef<string | null>
  /** Other images, changed in other ways. */
  again(): void
}

/** Some training images as the values in the form would change them, kept up to date while the component lives that asks. */
export function useAugmentationPreview(
  { client, data }: Pick<Engine, 'client' | 'data'>,
  form: Pick<HyperparameterForm, 'texts'>,
): AugmentationPreviewState {
  const preview = shallowRef<AugmentationPreview | null>(null)
  const fault = shallowRef<string | null>(null)
  const why = shallowRef<string | null>(null)
  let seed = 1
  let timer: ReturnType<typeof setTimeout> | undefined
  let cancel = new AbortController()

  const ask = async (augmentation: AugmentationValues): Promise<void> => {
    cancel.abort()
    cancel = new AbortController()
    const { signal } = cancel
    try {
      const answer = await client.previewAugmentation({ augmentation, images, versions, seed }, { signal })
      if (signal.aborted) return
      preview.value = answer
      fault.value = null
    } catch (error) {
      const isOver = signal.aborted || (error instanceof TwinlensError && error.kind === 'cancelled')
      if (!isOver) fault.value = errorNotice(error).text
    }
  }
  const refresh = (after: number): void => {
    clearTimeout(timer)
    const asked = askedIn(form)
    const isSome = asked !== null && names.some(name => asked[name] > 0)
    if (asked === null) why.value = 'One of the values above cannot be used.'
    else why.value = isSome ? null : 'Nothing is changed: a training sees each image as it is.'
    if (!isSome || data.value === null) {
      cancel.abort()
      if (!isSome) preview.value = null
      return
    }
    timer = setTimeout(() => void ask(asked), after)
  }
  watch(
    () => names.map(name => form.texts[name]),
    () => refresh(quietMs),
  )
  watch(data, () => refresh(0), { immediate: true })
  onScopeDispose(() => {
    clearTimeout(timer)
    cancel.abort()
  })
  return {
    preview,
    fault,
    why,
    again: () => {
      seed++
      refresh(0)
    },
  }
}
