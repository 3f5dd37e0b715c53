import { expect, it } from 'vitest'

const sources = import.meta.glob<string>(['./**/*.ts', './**/*.svelte', '!./**/*.test.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
})
const paths = Object.keys(sources)
const components = paths.filter((path) => path.endsWith('.svelte'))

const holding = (among: string[], pattern: RegExp) => among.filter((path) => pattern.test(sources[path]!))

it('sees the sources', () => {
  expect(paths).toContain('./backend/call.ts')
  expect(paths).toContain('./App.svelte')
  expect(sources['./backend/call.ts']).toContain('@tauri-apps/')
})

it('lets only backend/ know the desktop', () => {
  const outside = paths.filter((path) => !path.startsWith('./backend/'))
  expect(holding(outside, /@tauri-apps\/|__TAURI/)).toEqual([])
})

it('renders text as text', () => {
  expect(holding(paths, /\{@html|innerHTML|outerHTML|insertAdjacentHTML/)).toEqual([])
})

it('writes no style attributes, which the content security policy refuses', () => {
  expect(holding(components, /\sstyle=/)).toEqual([])
  expect(holding(paths, /setAttribute\(\s*['"]style['"]/)).toEqual([])
})
