import { randomInt } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { AsteriskOptions } from '../asterisk/options.ts';
import { type RunningAsterisk, startAsterisk } from '../asterisk/start.ts';
import { enginePackages, installPrefix } from '../prefix/install.ts';
import { defaultHome, ensureFolder } from '../system/files.ts';

/** The checkout's own home: the prefix in it is fetched once for everything. */
export const home = defaultHome();

/** A folder of the test's own, removed when it finishes. */
export function testFolder(name: string): string {
  const parent = join(home, 'test');
  ensureFolder(parent);
  const folder = mkdtempSync(join(parent, `${name}-`));
  // Under root the database's account has to pass.
  chmodSync(folder, 0o755);
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));
  return folder;
}

/** A TCP port nobody listens on at this moment. */
export function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

/** Complete options for an Asterisk of the test's own on loopback. */
export async function asteriskOptions(dir: string, change: Partial<AsteriskOptions> = {}): Promise<AsteriskOptions> {
  await installPrefix({ home, packages: enginePackages });
  const rtpStart = 2 * randomInt(11_000, 15_000);
  return {
    home,
    dir,
    ports: { http: await freePort(), sip: await freePort(), rtpStart, rtpEnd: rtpStart + 199 },
    ari: { user: 'rexian', password: 'test' },
    app: 'rexian',
    trunkAllow: ['127.0.0.1'],
    trialPassword: null,
    flowTestPassword: null,
    promptsDir: join(dir, 'prompts'),
    recordingsDir: join(dir, 'recordings'),
    journalDir: join(dir, 'journal'),
    bindSip: '127.0.0.1',
    ...change,
  };
}

/** Starts an Asterisk that is stopped when the test finishes. */
export async function testAsterisk(options: AsteriskOptions): Promise<RunningAsterisk> {
  const running = await startAsterisk(options);
  onTestFinished(() => running.stop());
  return running;
}
