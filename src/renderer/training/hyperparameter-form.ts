import { type ComputedRef, computed, type Ref, reactive, type ShallowRef, shallowRef, watch } from 'vue'
import { type DataChoice, digitsChoiceSchema, importedChoiceSchema } from '../../shared/contract.ts'
import { evaluationFault } from '../../shared/hyperparameters/evaluation.ts'
import { type PresetName, presetNames, presetValues } from '../../shared/hyperparameters/presets.ts'
import {
  counts,
  defaults,
  fields,
  type HyperparameterName,
  type Hyperparameters,
  hyperparametersSchema,
} from '../../shared/hyperparameters.ts'
import { defaultChoice } from '../datasets/data-choice.ts'
import type { Settings } from '../ui/settings.ts'
import { checkField, type FieldName, fieldText, formFields } from './form-fields.ts'

/** All that one training is started with. */
export interface TrainingSetup {
  readonly hyperparameters: Hyperparameters
  readonly data: DataChoice
  /** Name of the run whose weights it begins with; null for none. */
  readonly warmFrom: string | null
}

export interface HyperparameterForm {
  /** What stands in every field, as typed. */
  readonly texts: Record<FieldName, string>
  /** A sentence for every field that is wrong. */
  readonly errors: ComputedRef<Partial<Record<FieldName, string>>>
  /** null while a field is wrong. */
  readonly setup: ComputedRef<TrainingSetup | null>
  /** The fields that count beside what stands in the others. */
  readonly shown: ComputedRef<ReadonlySet<FieldName>>
  readonly isDefault: Ref<boolean>
  /** What the values started from. */
  readonly preset: Ref<PresetName>
  /** The preset's own value of every field that has another now. */
  readonly changed: ComputedRef<Partial<Record<FieldName, string>>>
  /** Takes a preset's values; data and seed stay. */
  choose(name: PresetName): void
  /** The data set of one's own that is trained with; null for the digits, of which the counts say how many. */
  readonly imported: ShallowRef<string | null>
  /** As in `TrainingSetup`. */
  readonly warmFrom: ShallowRef<string | null>
  /** Whether the fields behind "More" are in sight, in whatever view the form is shown again. */
  readonly unfolded: ShallowRef<boolean>
  reset(): void
  /** Shows the values of a training that was started elsewhere. */
  show(setup: TrainingSetup): void
}

const key = 'hyperparameters'
const presetKey = 'preset'
const importedKey = 'dataSet'
const warmFromKey = 'warmFrom'

const isHyperparameter = (name: FieldName): name is HyperparameterName => name in fields

type Result = readonly [FieldName, ReturnType<typeof checkField>]

const valuesOf = (results: readonly Result[]): Record<string, unknown> =>
  Object.fromEntries(
    results.flatMap(([name, result]) => ('value' in result ? [[name, result.value] as const] : [])),
  )

const textsOf = ({
  hyperparameters,
  data,
}: Omit<TrainingSetup, 'warmFrom'>): Partial<Record<FieldName, string>> =>
  Object.fromEntries(
    Object.entries({ ...hyperparameters, ...countsOf(data) }).map(([name, value]) => [
      name,
      fieldText(value),
    ]),
  )

/** Data sets of one's own are taken whole: there is nothing to type. */
function countsOf(data: DataChoice): { trainCount?: number; testCount?: number } {
  return data.kind === 'digits' ? { trainCount: data.trainCount, testCount: data.testCount } : {}
}

const defaultTexts = textsOf({ hyperparameters: defaults, data: defaultChoice }) as Record<FieldName, string>

/** A preset's fields as one would type them; the seed is not its business. */
function presetTexts(name: PresetName): Partial<Record<FieldName, string>> {
  const { seed: _, ...values } = presetValues(name)
  return Object.fromEntries(Object.entries(values).map(([field, value]) => [field, fieldText(value)]))
}

const isPreset = (name: unknown): name is PresetName => presetNames.some(known => known === name)

/** The form's state, apart from how it looks. Values that are right in every field are remembered. */
export function useHyperparameterForm(settings: Settings): HyperparameterForm {
  const texts = reactive({ ...defaultTexts, ...remembered(settings.get(key)) })
  const keptPreset = settings.get(presetKey)
  const preset = shallowRef<PresetName>(isPreset(keptPreset) ? keptPreset : 'recipe')
  const take = (name: PresetName): void => {
    preset.value = name
    settings.set(presetKey, name)
  }
  const kept = importedChoiceSchema.safeParse({ kind: 'imported', id: settings.get(importedKey) })
  const imported = shallowRef(kept.success ? kept.data.id : null)
  watch(imported, id => settings.set(importedKey, id))
  const keptRun = settings.get(warmFromKey)
  const warmFrom = shallowRef(typeof keptRun === 'string' ? keptRun : null)
  watch(warmFrom, run => settings.set(warmFromKey, run))
  const results = computed(() => formFields.map(({ name }) => [name, checkField(name, texts[name])] as const))
  const errors = computed(() => {
    const wrong = results.value.flatMap(([name, result]) => ('error' in result ? [[name, result.error]] : []))
    if (wrong.length > 0) return Object.fromEntries(wrong) as Partial<Record<FieldName, string>>
    // Each is right by itself.
    const together = evaluationFault(hyperparametersSchema.parse(valuesOf(results.value)))
    return together === undefined ? {} : { [together.field]: together.message }
  })
  const setup = computed<TrainingSetup | null>(() => {
    if (Object.keys(errors.value).length > 0) return null
    const values = valuesOf(results.value)
    const hyperparameters = hyperparametersSchema.safeParse(values)
    const data = digitsChoiceSchema.safeParse(values)
    if (!hyperparameters.success || !data.success) return null
    const id = imported.value
    return {
      hyperparameters: hyperparameters.data,
      data: id === null ? data.data : { kind: 'imported', id },
      warmFrom: warmFrom.value,
    }
  })
  const shown = computed(() => {
    const values = valuesOf(results.value)
    const names = formFields.map(({ name }) => name)
    return new Set(
      names.filter(
        // A fault must never be out of sight.
        name =>
          (isHyperparameter(name) ? counts(name, values) : imported.value === null) ||
          errors.value[name] !== undefined,
      ),
    )
  })
  watch(setup, now => {
    if (now !== null) settings.set(key, { ...texts })
  })
  return {
    texts,
    unfolded: shallowRef(false),
    errors,
    setup,
    shown,
    isDefault: computed(
      () =>
        preset.value === 'recipe' &&
        warmFrom.value === null &&
        formFields.every(({ name }) => texts[name] === defaultTexts[name]),
    ),
    preset,
    imported,
    warmFrom,
    changed: computed(() => {
      const others = Object.entries(presetTexts(preset.value)).filter(
        ([name, text]) => texts[name as FieldName] !== text,
      )
      return Object.fromEntries(others) as Partial<Record<FieldName, string>>
    }),
    choose: name => {
      take(name)
      Object.assign(texts, presetTexts(name))
    },
    reset: () => {
      take('recipe')
      Object.assign(texts, defaultTexts)
      warmFrom.value = null
    },
    show: started => {
      const shownTexts = textsOf(started)
      const differing = (name: PresetName): number =>
        Object.entries(presetTexts(name)).filter(([field, text]) => shownTexts[field as FieldName] !== text)
          .length
      take(presetNames.toSorted((a, b) => differing(a) - differing(b))[0] ?? 'recipe')
      Object.assign(texts, shownTexts)
      warmFrom.value = started.warmFrom
      imported.value = started.data.kind === 'imported' ? started.data.id : null
    },
  }
}

/** Of what was remembered, the fields that are still right: limits may have changed since. */
function remembered(kept: unknown): Partial<Record<FieldName, string>> {
  if (typeof kept !== 'object' || kept === null) return {}
  const right = Object.entries(kept).filter(
    ([name, text]) =>
      formFields.some(field => field.name === name) &&
      typeof text === 'string' &&
      'value' in checkField(name as FieldName, text),
  )
  return Object.fromEntries(right) as Partial<Record<FieldName, string>>
}
