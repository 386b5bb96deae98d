import { fileOf, type Section, schemes } from './state.ts'

const head = `# Screens

Every state of the window, light and dark, 1280 x 800: with the ten classes of the digits over the real engine, and with a hundred
classes over the fake engine of the tests. \`npm run screenshots\` takes them all again and writes this page.
`

/** The page that shows every state with its line. @returns Markdown */
export function screensPage(sections: readonly Section[]): string {
  const parts = sections.map(({ title, states }) => {
    const each = states.map(({ line, name }) => {
      const cells = schemes.map(scheme => `![${name}, ${scheme}](screenshots/${fileOf(name, scheme)})`)
      return `${line}\n\n| light | dark |\n|---|---|\n| ${cells.join(' | ')} |\n`
    })
    return `## ${title}\n\n${each.join('\n')}`
  })
  return `${head}\n${parts.join('\n')}`
}
