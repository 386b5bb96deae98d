import { field } from '../../test/support/window.ts'
import { press } from './hands.ts'
import type { Section } from './state.ts'

/** From the first screen to a trained network. @param iterations of a job that learns fast */
export const training = (iterations: number): Section => ({
  title: 'Training',
  states: [
    {
      name: 'first',
      line: 'The first screen: images, sample pairs, the hyperparameters, and Train.',
      come: page => page.getByRole('img').nth(20).waitFor(),
    },
    {
      name: 'training',
      line: 'While it trains: the loss and the embedding, live.',
      come: async page => {
        for (const [label, value] of Object.entries({
          Margin: 1,
          'Learning rate': 0.001,
          Iterations: iterations,
        }))
          await field(page, label).fill(String(value))
        await press(page, 'Train')
        const bar = page.getByRole('progressbar').first()
        while (Number(await bar.getAttribute('aria-valuenow')) < 30) await page.waitForTimeout(100)
      },
    },
    {
      name: 'done',
      line: 'The end: what was learned, measured, and where the run was saved.',
      come: page => page.locator('.result').waitFor(),
    },
  ],
})
