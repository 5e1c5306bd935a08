import { defineConfig } from 'vitest/config';

/** Three kinds of tests: pure ones; those that start real engines, one after the other; those in a browser. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{contracts,server,softphone,web,widget,cli,simulate,bench}/**/*.test.{ts,tsx}'],
          exclude: ['**/node_modules/**', '**/*.engine.test.ts'],
        },
      },
      {
        test: {
          name: 'engine',
          include: ['engines/**/*.test.ts', '**/*.engine.test.ts', 'e2e/voice/**/*.test.ts'],
          exclude: ['**/node_modules/**'],
          fileParallelism: false,
          testTimeout: 30_000,
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['e2e/browser/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
