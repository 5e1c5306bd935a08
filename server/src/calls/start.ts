/** What a call begins with, or goes on from when an earlier process had it. */
import type { ContactDirection } from '@rexian/contracts';
import type { FlowGraph } from '@rexian/flows/graph.ts';
import type { Carried } from './flow-state.ts';
import type { RingingLeg } from './legs.ts';
import type { Part } from './parts.ts';
import type { Refusal } from './refusals.ts';
import type { Member } from './room/member.ts';
import type { Party } from './room/state.ts';

export interface CallStart {
  contactId: string;
  direction: ContactDirection;
  /** Unit of the number that was called, or that the call is shown as coming from. */
  unitId: string;
  /** The caller's channel; of an outbound call the one that will be. */
  channelId: string;
  callerNumber: string;
  graph: FlowGraph;
  /** Set when the flow only tells the caller why the call goes no further. */
  refusal: Refusal | null;
  outbound?: OutboundStart;
  /** The caller's channel is answered already: the call went on from another contact. */
  answered?: boolean;
  /** Straight into this queue, instead of the flow. */
  queueId?: string;
  /** Set when an earlier process had this call: where it stood. */
  resume?: {
    node: string | null;
    /** Left out: nothing. */
    carried?: Carried;
    /** How the caller is served in that node, when it is of such a kind. */
    connects?: 'queue' | 'room' | undefined;
    room: RoomSeat | null;
    talked: boolean;
  };
}

/** An outbound call: who dials. */
export interface OutboundStart {
  /** The reserved agent; null: an earlier process has called them. */
  agent: (Part & { recorded: boolean; ringSeconds: number }) | null;
  /** A call-back that waited: when the agent can't be reached it waits for another. */
  callback: boolean;
}

/** How a restarted process finds a caller who was in a queue. */
export type QueueResume = { state: 'queued' } | { state: 'ringing'; leg: RingingLeg; answered: boolean };

/** Where an earlier process left a caller who was waiting or talking. */
export type RoomSeat =
  | { in: 'queue'; resume: QueueResume }
  | { in: 'room'; caller: 'calling' | 'there'; held: boolean; members: { member: Member; party: Party }[] }
  /** The talk ended while no process was there. */
  | { in: 'served'; by: 'agent' | 'caller' };
