/** Who hears whom: what Asterisk must look like for a room. Pure, so that every state can be tested for it. */
import { consultedIn, isTalking, type Party, type RoomState } from './state.ts';

export interface Topology {
  /** The legs that talk with the caller, and whether the caller is with them. */
  main: { caller: boolean; legs: string[] };
  /** Two who talk aside. */
  aside: string[];
  /** The caller hears music. */
  music: boolean;
  /** Hear the ringing of somebody who is being called. */
  ringback: string[];
  /** Whose own sound goes nowhere. */
  silent: string[];
  /** Supervisors and the leg that each hears; who is not silent speaks to that leg alone. */
  watching: { legId: string; watches: string }[];
}

/** Of two who consult: the one who is there while the other's phone rings, for the first time or again. */
function waitingForOther(consulted: Party, consulting: Party | undefined): string[] {
  if (!consulting) return isTalking(consulted) ? [consulted.legId] : [];
  return isTalking(consulted) ? [] : [consulting.legId];
}

export function topologyOf(room: RoomState): Topology {
  const consulted = consultedIn(room);
  const talking = room.parties.filter(isTalking);
  const consulting = consulted ? talking.find(({ legId }) => legId === consulted.invitedBy) : undefined;
  const aside = consulted && consulting && isTalking(consulted) ? [consulting.legId, consulted.legId] : [];
  const isSpeaking = (party: Party) =>
    party.role === 'lead' || party.role === 'member' || (party.role === 'supervisor' && party.mode === 'barge');
  const inMain = talking.filter((party) => isSpeaking(party) && party !== consulting).map(({ legId }) => legId);
  const someoneServes = talking.some(
    (party) => (party.role === 'lead' || party.role === 'member') && party !== consulting,
  );
  const callerThere = room.caller === 'there';
  const callerIn = room.caller === 'calling' ? someoneServes : callerThere && !room.held && someoneServes;
  const watchers = talking.filter((party) => party.role === 'supervisor' && party.mode !== 'barge');
  return {
    main: { caller: callerIn, legs: inMain },
    aside,
    music: callerThere && !callerIn,
    ringback: consulted ? waitingForOther(consulted, consulting) : [],
    silent: talking
      .filter((party) => party.muted || (party.role === 'supervisor' && party.mode === 'listen'))
      .map(({ legId }) => legId),
    watching: watchers.flatMap(({ legId, watches }) => (watches ? [{ legId, watches }] : [])),
  };
}
