import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defaultClientConditions } from 'vite'
import { defineConfig } from 'vitest/config'

export default defineConfig(({ mode }) => ({
  plugins: [svelte({ configFile: false, compilerOptions: { runes: true } })],
  clearScreen: false,
  // The window's address while developing is fixed in the desktop configuration.
  server: { port: 1420, strictPort: true, host: '127.0.0.1' },
  build: {
    outDir: 'dist',
    // Computers without a network keep the web view they were installed with.
    target: ['chrome100', 'safari16'],
    // The content security policy allows neither data addresses nor inline scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  // Tests mount controls in a document, so they need Svelte's browser half.
  resolve: mode === 'test' ? { conditions: [...defaultClientConditions] } : {},
  test: { css: true, include: ['src/**/*.test.ts'], environment: 'node' },
}))
