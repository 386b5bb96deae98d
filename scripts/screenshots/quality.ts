import { openTab, openView, putPointerAway } from './hands.ts'
import type { Section } from './state.ts'

export const quality: Section = {
  title: 'Quality',
  states: [
    {
      name: 'measures',
      line: 'The run measured: figures, a diagnosis in plain words, the ROC curve, and the distances with their threshold.',
      come: async page => {
        await openView(page, 'Quality')
        await page.getByRole('region', { name: 'Quality figures' }).waitFor()
        await putPointerAway(page)
        await page.waitForTimeout(1500)
      },
    },
    {
      name: 'confusion',
      line: 'Whose neighbours are whose; each cell opens its images.',
      come: async page => {
        await openTab(page, 'Confusion of classes')
        await page.waitForTimeout(1500)
      },
    },
    {
      name: 'mislabels',
      line: 'Images whose neighbours disagree with their label, one after another: keep, relabel, exclude.',
      come: async page => {
        await openTab(page, 'Suspected mislabels')
        await page.waitForTimeout(2500)
      },
    },
  ],
}
