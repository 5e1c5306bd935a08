import { join } from 'node:path';
import {
  installPrefix,
  type Report,
  type RunningAsterisk,
  type RunningPostgres,
  rotateAsteriskLog,
  startAsterisk,
  startPostgres,
} from '@rexian/engines';
import type { Secrets, Settings } from './settings.ts';

/** Starts (or finds again) the embedded PostgreSQL. */
export function openPostgres(settings: Settings, report: Report): Promise<RunningPostgres> {
  const { home, postgresPort: port } = settings;
  return startPostgres({ home, dir: join(home, 'postgres'), port, report });
}

const asteriskFolder = (home: string): string => join(home, 'asterisk');

/** Starts (or finds again) the embedded Asterisk. */
export function openAsterisk(settings: Settings, secrets: Secrets, report: Report): Promise<RunningAsterisk> {
  const { home, folders, ari, sip, rtp } = settings;
  return startAsterisk({
    home,
    dir: asteriskFolder(home),
    ports: { http: ari.port, sip: sip.port, rtpStart: rtp.start, rtpEnd: rtp.end },
    ari: { user: 'rexian', password: secrets.ari },
    app: settings.app,
    trunkAllow: settings.trunkAllow,
    trialPassword: secrets.trial,
    flowTestPassword: secrets.flowTest,
    promptsDir: folders.prompts,
    recordingsDir: folders.recordings,
    journalDir: folders.journal,
    bindSip: sip.host,
    report,
  });
}

/** Looks after the size of Asterisk's log every ten minutes until `signal` is aborted. */
export function tendAsteriskLog(settings: Settings, url: string, signal: AbortSignal): void {
  const timer = setInterval(() => {
    // Out of reach means it is being restarted; the next turn comes.
    rotateAsteriskLog(url, asteriskFolder(settings.home)).catch(() => {});
  }, 600_000);
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
}

export function installEngines(home: string, report: Report): Promise<unknown> {
  return installPrefix({ home, report });
}
