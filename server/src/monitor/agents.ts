/** The agents of a board: what each does now, the call at hand, today's counts. */
import type { BoardAgent } from '@rexian/contracts';
import {
  type AbsentAgent,
  type AgentFilter,
  absentAgents,
  type BoardNames,
  namesOf,
  type PartElsewhere,
  type PresentAgent,
  partsElsewhere,
  presentAgents,
} from './agent-rows.ts';
import { agentAlarms } from './alarms.ts';
import type { Day } from './day.ts';
import { agentFigures } from './figures.ts';
import type { BoardReader } from './scope.ts';

interface Board extends BoardNames {
  reader: BoardReader;
  shownUnits: ReadonlySet<string>;
  elsewhere: ReadonlyMap<string, PartElsewhere>;
  day: Day;
  now: Date;
}

/** Agents of these units: signed in first, by number. */
export async function boardAgents(
  reader: BoardReader,
  unitIds: readonly string[],
  filter: AgentFilter,
  { day, now }: { day: Day; now: Date },
): Promise<BoardAgent[]> {
  const [present, absent, names] = await Promise.all([
    presentAgents(reader, unitIds, filter),
    filter.signedOut && !filter.states ? absentAgents(reader, unitIds, filter) : [],
    namesOf(reader, unitIds),
  ]);
  const outOfSight = present.filter(({ legId, contactId }) => legId && !contactId);
  const parts = await partsElsewhere(
    reader.all,
    outOfSight.map(({ sessionId }) => sessionId),
  );
  const elsewhere = new Map(parts.map((part) => [part.sessionId, part]));
  const board: Board = { ...names, reader, shownUnits: new Set(reader.caller.unitIds), elsewhere, day, now };
  return [...present.map((row) => presentAgent(board, row)), ...absent.map((row) => absentAgent(board, row))];
}

function presentAgent(board: Board, row: PresentAgent): BoardAgent {
  const { state, since, allottedUntil, phoneKind, unreachableSince, wrapUpUntil } = row;
  const queue = row.queueId ? board.queues.get(row.queueId) : undefined;
  const talkingSince = row.contactId && row.partState === 'talking' ? row.partSince : null;
  const { alarmTalkSeconds = null, wrapUpSeconds = null } = queue ?? {};
  return {
    person: personOf(row),
    unit: unitOf(board, row),
    state,
    reason: row.reason,
    since,
    signedInAt: row.signedInAt,
    allottedUntil,
    next: row.nextState && { state: row.nextState, reason: row.nextReason },
    phone: { kind: phoneKind, reachable: unreachableSince === null },
    queueIds: queuesOf(board, row.personId),
    call: callOf(board, row),
    elsewhere: elsewhereOf(board, row),
    alarms: agentAlarms({
      state,
      since,
      allottedUntil,
      wrapUpUntil,
      unreachableSince,
      talkingSince,
      alarmTalkSeconds,
      wrapUpSeconds,
    }),
    today: todayOf(board, row.personId, state, since),
  };
}

const absentAgent = (board: Board, row: AbsentAgent): BoardAgent => ({
  person: personOf(row),
  unit: unitOf(board, row),
  ...{ state: null, reason: null, since: row.since, signedInAt: null, allottedUntil: null, next: null, phone: null },
  queueIds: queuesOf(board, row.personId),
  ...{ call: null, elsewhere: null, alarms: [] },
  today: todayOf(board, row.personId, null, null),
});

const personOf = ({ personId: id, name, agentNumber }: AbsentAgent): BoardAgent['person'] => ({
  id,
  name,
  agentNumber,
});

function unitOf({ units }: Board, { unitId, personId }: AbsentAgent | PresentAgent): BoardAgent['unit'] {
  const unit = units.get(unitId);
  if (!unit) throw new Error(`unit ${unitId} of agent ${personId} is out of sight`);
  return unit;
}

function queuesOf({ day, shownUnits }: Board, personId: string): string[] {
  const shown: string[] = [];
  for (const { queueId, unitId } of day.memberships.get(personId) ?? [])
    if (shownUnits.has(unitId)) shown.push(queueId);
  return shown;
}

const todayOf = ({ day, now }: Board, personId: string, state: string | null, since: Date | null) =>
  agentFigures(day.agents.get(personId), { at: now, dayStart: day.start, state, since });

function callOf({ reader, queues }: Board, row: PresentAgent): BoardAgent['call'] {
  const { contactId, legId, direction, origin, muted, caller } = row;
  if (!contactId || !legId) return null;
  const queue = row.queueId ? queues.get(row.queueId) : undefined;
  return {
    ...{ contactId, legId, direction, origin, muted, ...partOf(row) },
    callerNumber: reader.numbers.of(contactId, caller),
    queue: queue ? { id: queue.id, name: queue.name } : null,
  };
}

function elsewhereOf({ elsewhere }: Board, { sessionId }: PresentAgent): BoardAgent['elsewhere'] {
  const part = elsewhere.get(sessionId);
  return part ? { ...partOf(part), unit: part.unit } : null;
}

const partOf = ({ role, partState: state, mode, partSince: since, heldSince }: PresentAgent | PartElsewhere) => ({
  ...{ role, state, mode, since, heldSince },
});
