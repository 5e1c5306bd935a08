/** What the parts of a call share. */

import type { FlowGraph } from '@rexian/flows/graph.ts';
import type { Ari } from '../engines/asterisk/ari.ts';
import type { Lookup } from '../engines/lookup/lookup.ts';
import type { SmsCapabilities } from '../engines/sms/gateway.ts';
import type { PromptStore } from '../engines/speech/prompts.ts';
import type { Db } from '../platform/db.ts';
import type { Logger } from '../platform/log.ts';
import type { Vault } from '../platform/vault.ts';
import type { Offer } from '../queues/reserve.ts';
import type { Router } from '../queues/router.ts';
import type { CallerChannel } from './caller.ts';
import type { Inbox } from './inbox.ts';
import type { CallStart } from './start.ts';

export interface CallEngine {
  db: Db;
  ari: Ari;
  prompts: PromptStore;
  router: Router;
  log: Logger;
  vault: Vault;
  lookup: Lookup;
  /** null: no gateway is configured. */
  sms: SmsCapabilities | null;
  /** Folder that Asterisk writes raw recordings to. */
  recordingsDir: string;
  /** The caller goes on in another contact. */
  goOn(start: CallStart): void;
}

/** A verb that somebody asked for (calls/commands.ts); `args` are checked by whoever carries it out. */
export interface CallCommand {
  id: string;
  verb: string;
  legId: string;
  personId: string;
  args: Record<string, unknown>;
}

/** What happens to a call from outside, in the order it happened. */
export type CallMessage =
  | { type: 'offer'; offer: Offer }
  | { type: 'ringing'; channelId: string }
  | { type: 'answered'; channelId: string }
  /** `cause`: Q.850; `cut`: the line broke, nobody hung up. */
  | { type: 'gone'; channelId: string; cause: number; cut: boolean; at: Date }
  /** The agent's desk belongs to another page or phone from now on. */
  | { type: 'agent_moved'; legId: string }
  /** The agent's phone can't be reached any more, though its channel may still be there. */
  | { type: 'agent_lost'; legId: string }
  /** The caller pressed a key while waiting. */
  | { type: 'key'; digit: string }
  /** Something was done beside the reading of the inbox: look again. */
  | { type: 'wake' }
  | { type: 'command'; command: CallCommand; done: (refusal: string | null) => void }
  | { type: 'caller_gone' };

/** A node of a flow; null: its start. */
export interface FlowPlace {
  graph: FlowGraph;
  node: string | null;
}

export interface CallContext extends CallEngine {
  contactId: string;
  /** Unit of the number that was called, or that the call is shown as coming from. */
  unitId: string;
  callerNumber: string;
  caller: CallerChannel;
  inbox: Inbox<CallMessage>;
  /** Aborted when the caller has left. */
  signal: AbortSignal;
  /** Where 转主菜单 and 转满意度 lead in this call. */
  menu(): FlowPlace;
  survey(): FlowPlace;
  /** When the caller left; only meaningful once `signal` is aborted. */
  leftAt(): Date;
}

export const bridgeId = (contactId: string) => `contact-${contactId}`;
