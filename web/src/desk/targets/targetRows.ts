import {
  type AgentState,
  agentState,
  type CallTarget,
  type CallTargets,
  notReadyReason,
  type TargetKind,
  targetKind,
} from '@rexian/contracts';
import { agentTone, type Tone } from '../../platform/status.ts';

export type Purpose = 'transfer' | 'consult' | 'add_member';
export type TargetTab = 'all' | TargetKind;

export interface TargetRow {
  key: string;
  kind: TargetKind;
  title: string;
  /** Unit, code or what else tells two of the same name apart. */
  detail: string;
  state: { tone: Tone; label: string; since: Date | null } | null;
  /** Why it can't be chosen now; null: it can. */
  reason: string | null;
  target: CallTarget;
}

/** More than anybody reads: type a few letters instead. */
export const MOST_ROWS = 80;

const people: readonly TargetKind[] = ['agent', 'number'];

/** A consultation and a conference are with persons; a call can be handed to anything. */
export function tabsOf(purpose: Purpose): { key: TargetTab; label: string }[] {
  const kinds = purpose === 'transfer' ? (['agent', 'queue', 'centre', 'number', 'flow'] as const) : people;
  return [{ key: 'all' as const, label: '全部' }, ...kinds.map((key) => ({ key, label: targetKind.labels[key] }))];
}

/** What the dialog lists, best first within each kind. */
export function targetRows(
  targets: CallTargets | undefined,
  { purpose, tab, text }: { purpose: Purpose; tab: TargetTab; text: string },
): TargetRow[] {
  const kinds = tabsOf(purpose).flatMap(({ key }) => (key !== 'all' && (tab === 'all' || tab === key) ? [key] : []));
  const asked = text.trim().toLowerCase();
  const fits = ({ title, detail }: TargetRow) => `${title} ${detail}`.toLowerCase().includes(asked);
  return kinds
    .flatMap((kind) => (kind === 'number' ? numberRows(asked) : rowsOf(kind, targets, purpose).filter(fits)))
    .slice(0, MOST_ROWS);
}

function rowsOf(kind: Exclude<TargetKind, 'number'>, targets: CallTargets | undefined, purpose: Purpose): TargetRow[] {
  if (!targets) return [];
  switch (kind) {
    case 'agent':
      return agentRows(targets.agents, purpose);
    case 'queue':
      return targets.queues.map(({ id, name, unit, waiting, ready }) => ({
        key: id,
        kind,
        title: name,
        detail: unit,
        state: { tone: ready > 0 ? 'ready' : 'waiting', label: `空闲 ${ready} · 排队 ${waiting}`, since: null },
        reason: null,
        target: { kind, queueId: id },
      }));
    case 'centre':
      return targets.centres.map(({ accessCodeId, code, name, unit }) => ({
        key: accessCodeId,
        kind,
        title: name,
        detail: name === unit ? code : `${code} ${unit}`,
        state: null,
        reason: null,
        target: { kind, accessCodeId },
      }));
    case 'flow':
      return targets.flows.map(({ id, name }) => ({
        key: id,
        kind,
        title: name,
        detail: '',
        state: null,
        reason: null,
        target: { kind, flowId: id },
      }));
  }
}

type Agent = CallTargets['agents'][number];

function agentRows(agents: Agent[], purpose: Purpose): TargetRow[] {
  const canChoose = ({ can }: Agent) => (purpose === 'transfer' ? can.transfer : can.consult);
  return agents
    .toSorted((a, b) => byReadiness(a, b, canChoose))
    .map((agent) => {
      const { person, unit, state, reason, since } = agent;
      const label = agentState.labels[state];
      return {
        key: person.id,
        kind: 'agent',
        title: person.name,
        detail: [person.agentNumber, unit].filter(Boolean).join(' '),
        state: { tone: agentTone[state], label: reason ? `${label}·${notReadyReason.labels[reason]}` : label, since },
        reason: canChoose(agent) ? null : `${person.name}现在${label}，不能接听`,
        target: { kind: 'agent', personId: person.id },
      };
    });
}

/** Those who can be chosen first, idle ones before busy ones, the longest idle on top. */
function byReadiness(a: Agent, b: Agent, canChoose: (agent: Agent) => boolean): number {
  const order = (agent: Agent) => Number(!canChoose(agent)) * 10 + rank[agent.state];
  return order(a) - order(b) || a.since.getTime() - b.since.getTime();
}

const rank: Record<AgentState, number> = {
  ready: 0,
  not_ready: 1,
  wrap_up: 2,
  talking: 3,
  dialling: 3,
  ringing: 3,
  reserved: 3,
  supervising: 3,
};

/** Whatever was typed, when it is a number. */
function numberRows(asked: string): TargetRow[] {
  const number = asked.replace(/[\s-]/g, '');
  if (!/^\+?[0-9]{3,20}$/.test(number)) return [];
  return [
    {
      key: `number:${number}`,
      kind: 'number',
      title: number,
      detail: '外线',
      state: null,
      reason: null,
      target: { kind: 'number', number },
    },
  ];
}

/** Whom Enter means when the list wasn't seen yet: of those who have a number the first, of names the only one; null: nobody. */
export function meantRow(rows: readonly TargetRow[], text: string): TargetRow | 'several' | null {
  const choosable = rows.filter(({ reason }) => reason === null);
  const isNumber = /^[+*#\d]+$/.test(text.trim());
  return choosable.length > 1 && !isNumber ? 'several' : (choosable[0] ?? null);
}

/** The first row that can be chosen, from `index` on in steps of `step`; -1: none. */
export function nextChoosable(rows: readonly TargetRow[], index: number, step: 1 | -1): number {
  for (let at = index; at >= 0 && at < rows.length; at += step) if (rows[at]?.reason === null) return at;
  return -1;
}
