import type { Report } from '../report.ts';

export type AsteriskOptions = {
  home: string;
  /** Everything of this instance lies here: etc, log, run, spool, var. */
  dir: string;
  ports: { http: number; sip: number; rtpStart: number; rtpEnd: number };
  ari: { user: string; password: string };
  /** The Stasis application every call is handed to. */
  app: string;
  /** Addresses or networks (CIDR) of the carriers; only these reach the trunk. */
  trunkAllow: string[];
  /** Password of the public trial endpoint; null leaves it out. */
  trialPassword: string | null;
  /** Password of the flow editor's test calls; null leaves them out. */
  flowTestPassword: string | null;
  /** Holds `unavailable.wav16` for calls no controller takes. */
  promptsDir: string;
  recordingsDir: string;
  /** `hangups.csv` is written here. */
  journalDir: string;
  /** Address SIP over UDP listens on; default every one. */
  bindSip?: string;
  /** Variables to name when a port is taken. */
  portVariables?: { http: string; sip: string };
  report?: Report;
};
