import { defineConfig } from 'vitest/config';

/** What comes of itself comes when the machine has time for it. */
const later = { poll: { timeout: 10_000 } };

/**
 * Kinds of tests: pure ones; those on PostgreSQL; those of the engines themselves; calls on whole platforms; those in a browser. Each file
 * has ports and folders of its own: `rexian test` runs as many at a time as the machine bears (cli/src/test.ts). Files of a worker share
 * what they import, which takes a third of the time otherwise: modules keep no state that a test depends on. Limits of time are for what
 * hangs, not for what is slow on a busy machine. Calls and pages live in real time and get a second try there, which is told at the end of
 * the run.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          isolate: false,
          expect: later,
          include: [
            '{contracts,flows,workflows,knowledge,server,softphone,web,widget,cli,simulate,bench}/**/*.test.{ts,tsx}',
          ],
          exclude: ['**/node_modules/**', '**/*.engine.test.ts', '**/*.db.test.ts'],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'store',
          isolate: false,
          expect: later,
          include: ['server/src/**/*.db.test.ts'],
          globalSetup: ['server/src/testing/database.setup.ts'],
          setupFiles: ['server/src/testing/passwords.setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'engine',
          isolate: false,
          expect: later,
          include: ['engines/**/*.test.ts', '**/*.engine.test.ts'],
          exclude: ['**/node_modules/**'],
          testTimeout: 60_000,
          hookTimeout: 300_000,
          retry: 1,
        },
      },
      {
        test: {
          name: 'voice',
          isolate: false,
          expect: later,
          include: ['e2e/voice/**/*.test.ts'],
          globalSetup: ['server/src/testing/filled.setup.ts'],
          setupFiles: ['server/src/testing/passwords.setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 300_000,
          retry: 1,
        },
      },
      {
        test: {
          name: 'browser',
          isolate: false,
          include: ['e2e/browser/**/*.test.ts'],
          globalSetup: ['e2e/browser/pages.setup.ts', 'server/src/testing/filled.setup.ts'],
          setupFiles: ['server/src/testing/passwords.setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 300_000,
          retry: 1,
          expect: later,
        },
      },
    ],
  },
});
