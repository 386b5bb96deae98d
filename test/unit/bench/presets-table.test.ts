import { expect, test } from 'vitest'
import {
  best,
  type Entrant,
  meanAccuracy,
  presetsMarkdown,
  shareOfTime,
} from '../../../bench/presets-table.ts'

const entrant = (name: string, ...turns: readonly [seconds: number, accuracy: number][]): Entrant => ({
  name,
  turns: turns.map(([seconds, accuracy]) => ({ seconds, accuracy, othersBusy: 0 })),
})
const recipe = entrant('recipe', [100, 0.8], [200, 0.79], [100, 0.81])
const fast = entrant('fast', [10, 0.9], [10, 0.92], [30, 0.91])
const gone: Entrant = { name: 'gone', unavailable: 'It could not be installed.' }

test('the share of time is taken within each round, and its median told', () => {
  expect(shareOfTime(fast, recipe)).toBeCloseTo(0.1, 12)
  expect(shareOfTime(gone, recipe)).toBeUndefined()
  expect(shareOfTime(fast, undefined)).toBeUndefined()
})

test('the best is the one of the highest mean accuracy, among those that there are', () => {
  expect('turns' in fast && meanAccuracy(fast.turns)).toBeCloseTo(0.91, 12)
  const found = best([recipe, gone, fast])
  expect(found?.name).toBe('fast')
  expect(found?.accuracy).toBeCloseTo(0.91, 12)
  expect(best([gone])).toBeUndefined()
})

test('the page has a row for everybody, and what follows', () => {
  const page = presetsMarkdown({
    made: '2026-01-02T03:04:05.000Z',
    quick: false,
    losses: ['contrastive'],
    machine: {
      ...{ processor: 'a processor', cores: 2, memoryGB: 8, system: 'a system', versions: { Node: '24' } },
      ...{ busy: { before: 0, after: 0 }, load: null },
    },
    presets: [recipe, fast],
    peers: [gone, entrant('contrastive', [30, 0.95], [30, 0.96], [30, 0.97])],
    pace: 'fast',
  })
  expect(page).toContain('`npm run bench:presets -- --write --losses contrastive`')
  expect(page).toContain('| fast | 10.0 (10.0 – 20.0) | 0.9100 | 0.9000, 0.9200, 0.9100 | 0% |')
  expect(page).toContain('| gone | not available | It could not be installed. | | |')
  expect(page).toContain("- Fast takes 10.0% of the recipe's time.")
  expect(page).toContain('- The best preset is fast: 0.9100.')
  expect(page).toContain('- The best of pytorch-metric-learning is contrastive: 0.9600.')
})
