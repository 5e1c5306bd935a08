/** What the parts of a call share. */
import type { Ari } from '../engines/asterisk/ari.ts';
import type { PromptStore } from '../engines/speech/prompts.ts';
import type { Db } from '../platform/db.ts';
import type { Logger } from '../platform/log.ts';
import type { Vault } from '../platform/vault.ts';
import type { Offer, Router } from '../queues/router.ts';
import type { CallerChannel } from './caller.ts';
import type { Inbox } from './inbox.ts';

export interface CallEngine {
  db: Db;
  ari: Ari;
  prompts: PromptStore;
  router: Router;
  log: Logger;
  vault: Vault;
  /** Folder that Asterisk writes raw recordings to. */
  recordingsDir: string;
}

export interface CallCommand {
  id: string;
  verb: 'hold' | 'retrieve' | 'hang_up';
  legId: string;
}

/** What happens to a call from outside, in the order it happened. */
export type CallMessage =
  | { type: 'offer'; offer: Offer }
  | { type: 'agent_ringing'; channelId: string }
  | { type: 'agent_answered'; channelId: string }
  | { type: 'agent_gone'; channelId: string; cause: number; at: Date }
  /** The agent's desk belongs to another page or phone from now on. */
  | { type: 'agent_moved'; legId: string }
  | { type: 'command'; command: CallCommand; done: (refusal: string | null) => void }
  | { type: 'caller_gone' };

export interface CallContext extends CallEngine {
  contactId: string;
  callerNumber: string;
  caller: CallerChannel;
  inbox: Inbox<CallMessage>;
  /** Aborted when the caller has left. */
  signal: AbortSignal;
  /** When the caller left; only meaningful once `signal` is aborted. */
  leftAt(): Date;
}

export const bridgeId = (contactId: string) => `contact-${contactId}`;
