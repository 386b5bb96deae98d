import { spawnSync } from 'node:child_process'
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Resvg } from '@resvg/resvg-js'
import { nativeParts } from './native-parts.ts'

export const root = join(import.meta.dirname, '../..')
export const packaging = join(root, 'build/package')

interface OwnPackage {
  readonly name: string
  readonly version: string
  readonly description: string
  readonly license: string
}

/**
 * Gathers what an installed Twinlens holds, laid out as in a clone: the builds, the digits, and of packages only what no
 * build can hold.
 * @param builds folder with `electron` and `renderer`
 * @param app the folder that is made, anew
 * @returns it
 */
export function stageApp(builds = join(root, 'build'), app = join(packaging, 'app')): string {
  rmSync(app, { recursive: true, force: true })
  for (const name of ['electron', 'renderer']) {
    cpSync(join(builds, name), join(app, 'build', name), { recursive: true })
  }
  cpSync(join(root, 'resources/digits'), join(app, 'resources/digits'), { recursive: true })
  copyFileSync(join(root, 'LICENSE'), join(app, 'LICENSE'))
  const packages = new Map<string, string>()
  for (const { from, to } of nativeParts()) {
    const target = join(app, 'node_modules', to)
    mkdirSync(dirname(target), { recursive: true })
    copyFileSync(from, target)
    if (/\.so(\.|$)/.test(to)) strip(target)
    if (to.endsWith('package.json')) packages.set(dirname(to), keepMain(target))
  }
  const { name, version, description, license } = readPackage(join(root, 'package.json'))
  write(join(app, 'package.json'), {
    ...{ name, version, description, license, main: mainOf(builds), type: 'module', author: 'Twinlens' },
    dependencies: Object.fromEntries(packages),
  })
  writeFileSync(join(dirname(app), 'icon.png'), drawIcon())
  return app
}

/** Their dependencies are in the builds, or not needed: nobody must look for them. @returns its version */
function keepMain(file: string): string {
  const { name, version, main, type } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>
  write(file, { name, version, main, type })
  return version as string
}

/** Names of functions, for whoever debugs TensorFlow: a quarter of its library. Where there is no `strip`, they stay. */
function strip(file: string): void {
  spawnSync('strip', ['--strip-unneeded', file], { stdio: 'ignore' })
}

/** A build for an Electron without ES modules has another ending. */
const mainOf = (builds: string): string =>
  `build/electron/${existsSync(join(builds, 'electron/main.js')) ? 'main.js' : 'main.cjs'}`

function drawIcon(): Buffer {
  const icon = readFileSync(join(root, 'resources/packaging/icon.svg'))
  return new Resvg(icon, { fitTo: { mode: 'width', value: 1024 } }).render().asPng()
}

const readPackage = (file: string): OwnPackage => JSON.parse(readFileSync(file, 'utf8')) as OwnPackage

const write = (file: string, value: object): void =>
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`)
