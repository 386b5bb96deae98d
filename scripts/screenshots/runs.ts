import type { Page } from 'playwright-core'
import { field, fillSmallJob, trainRun } from '../../test/support/window.ts'
import { openTab, openView, press } from './hands.ts'
import type { Section } from './state.ts'

/** A short training that ends as a run of the library. */
async function train(page: Page, values: Readonly<Record<string, number>>): Promise<void> {
  for (const [label, value] of Object.entries(values)) await field(page, label).fill(String(value))
  await trainRun(page, 300_000)
}

/** The form opened whole, and what becomes of trainings. */
export const runs: Section = {
  title: 'Recipes and runs',
  states: [
    {
      name: 'augmentation',
      line: 'The form opened: every hyperparameter, and what a training sees of some images.',
      come: async page => {
        await openView(page, 'Training')
        await fillSmallJob(page)
        for (const [label, value] of Object.entries({ Shift: 2, Rotation: 12, Scaling: 12 }))
          await field(page, label).fill(String(value))
        const preview = page.getByRole('region', { name: 'What a training sees' })
        await preview.locator('li').nth(3).waitFor()
        await preview.scrollIntoViewIfNeeded()
      },
      leave: async page => {
        for (const label of ['Shift', 'Rotation', 'Scaling']) await field(page, label).fill('0')
      },
    },
    {
      name: 'runs',
      line: 'Every run, with its embedding, data set and quality.',
      come: async page => {
        for (const margin of [0.5, 1, 2]) await train(page, { Iterations: 60, Margin: margin })
        await openView(page, 'Runs')
        await page.locator('tr.run').nth(2).waitFor()
      },
    },
    {
      name: 'run',
      line: 'One of them: title, tags, note, and what can be done with it.',
      come: page => page.locator('tr.run .name').first().click(),
    },
    {
      name: 'compared',
      line: 'Three compared: losses over one another, what differs, quality.',
      come: async page => {
        for (const i of [0, 1, 2]) await page.locator('tr.run').nth(i).getByRole('checkbox').check()
        await page.getByRole('heading', { name: '3 runs compared' }).waitFor()
      },
      leave: page => press(page, 'Done'),
    },
    {
      name: 'sweep-form',
      line: 'A sweep: which hyperparameters take which values, and with how many seeds.',
      come: async page => {
        await openTab(page, 'Sweeps')
        await press(page, 'New sweep …')
        await page.getByRole('textbox', { name: 'Margin: values' }).fill('0.3, 0.5, 1, 2')
        await page.getByText('4 runs').waitFor()
      },
    },
    {
      name: 'sweep',
      line: 'What came of it: a line and a row for each choice of values, the best first.',
      come: async page => {
        await press(page, 'Start sweep')
        await page.getByText('4 of 4 runs done').waitFor()
      },
    },
  ],
}
