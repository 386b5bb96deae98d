/** Colours are those of the window's tokens, which keep WCAG 2.2 AA; nothing moves. */
export const reportStyle = `
:root { color-scheme: light dark; --ink: #191c23; --quiet: #586070; --page: #fff; --inset: #f3f4f7; --line: #e2e5eb; --edge: #868d9b; --accent: #4451d3; --good: #1b7343; --bad: #b42330 }
@media (prefers-color-scheme: dark) { :root { --ink: #e7e9ef; --quiet: #a2a9b7; --page: #1c1f26; --inset: #14161b; --line: #2d323c; --edge: #747c8c; --accent: #8b98ff; --good: #6fd19a; --bad: #ff98a0 } }
@media print { :root { color-scheme: light; --ink: #000; --quiet: #333; --page: #fff; --inset: #fff; --line: #ccc; --edge: #666; --accent: #4451d3; --good: #1b7343; --bad: #b42330 } section { break-inside: avoid } }
* { box-sizing: border-box }
body { max-width: 1000px; margin: 32px auto 64px; padding: 0 24px; color: var(--ink); background: var(--page); font: 15px/1.5 system-ui, sans-serif; font-variant-numeric: tabular-nums }
h1 { margin: 0; font-size: 26px; line-height: 1.3; overflow-wrap: anywhere } h2 { margin: 36px 0 12px; font-size: 17px } p { margin: 6px 0; color: var(--quiet) }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(170px, 1fr)); gap: 12px; margin: 0 }
.figures div { padding: 12px 14px; border: 1px solid var(--line); border-radius: 8px; background: var(--inset) }
.figures dt { font-weight: 500 } .figures dd { margin: 0 } .figures dd:first-of-type { font-size: 24px; font-weight: 600; line-height: 1.4 } .figures dd + dd { color: var(--quiet); font-size: 13px; line-height: 1.4 }
table { border-collapse: collapse; width: 100% } caption { padding-bottom: 8px; color: var(--quiet); text-align: left }
th, td { padding: 4px 8px; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; overflow-wrap: anywhere } th { font-weight: 500 } .pairs th { width: 40% } small { margin-left: 4px; color: var(--quiet); font-size: 13px }
.wide { overflow-x: auto } .confusion { width: auto } .confusion th, .confusion td { min-width: 42px; text-align: right; white-space: nowrap } .confusion tbody th { text-align: left } .none { color: var(--quiet) }
.right { --of: var(--good) } .wrong { --of: var(--bad) }
${Array.from({ length: 10 }, (_, i) => `.s${i + 1} { background: color-mix(in srgb, var(--of) ${8 + 3 * i}%, transparent) }`).join(' ')}
svg { display: block; width: 100%; height: auto } text { fill: var(--ink) }
.plot { position: relative; border: 1px solid var(--line); border-radius: 8px; background: var(--inset) } .plot text { stroke: var(--inset); stroke-width: 4px; paint-order: stroke; font-weight: 600; text-anchor: middle; pointer-events: none }
use { fill-opacity: .85 } .mistakes:has(:checked) ~ .plot use:not(.wrong) { fill-opacity: .1 } #ring { fill: none; stroke: var(--ink); stroke-width: 2 }
.mistakes { display: flex; gap: 8px; align-items: center; margin-bottom: 8px } input { width: 16px; height: 16px; margin: 0; accent-color: var(--accent) }
.legend { display: flex; flex-wrap: wrap; gap: 4px 16px; margin: 10px 0; padding: 0; list-style: none } .legend li { display: flex; gap: 6px; align-items: center } .legend svg { width: 16px; height: 16px }
#card { position: absolute; z-index: 1; padding: 8px; border: 1px solid var(--edge); border-radius: 8px; color: var(--ink); background: var(--page); font-size: 13px; line-height: 1.4; pointer-events: none } #card[hidden] { display: none } #card span { display: block } .thumb { margin-bottom: 6px }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
.line { fill: none; stroke: var(--accent); stroke-width: 1.5; stroke-linejoin: round } .mark { fill: var(--accent) } .grid { fill: none; stroke: var(--line) } .scale { fill: var(--quiet); font-size: 12px } .end { text-anchor: end } .middle { text-anchor: middle }
@media print { #card, .only-screen { display: none } }
`
