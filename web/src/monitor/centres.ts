/** The board centre by centre: each row of a unit counts for the nearest centre above it. */
import type { BoardAgent, BoardQueue, DayFigures, UnitRef } from '@rexian/contracts';

export interface CentreRow {
  centre: UnitRef;
  waiting: number;
  waitingSince: Date | null;
  signedIn: number;
  ready: number;
  talking: number;
  wrapUp: number;
  notReady: number;
  arrived: number;
  asked: number;
  answered: number;
  lost: number;
  answerRate: number | null;
  serviceLevel: number | null;
}

/** The longest path that the unit lies at or below; its own unit when it belongs to none of the centres. */
export function centreOf(unit: UnitRef, centres: readonly UnitRef[]): UnitRef {
  let nearest: UnitRef | null = null;
  for (const centre of centres) {
    const holds = unit.path === centre.path || unit.path.startsWith(`${centre.path}.`);
    if (holds && centre.path.length > (nearest?.path.length ?? -1)) nearest = centre;
  }
  return nearest ?? unit;
}

const none = { waiting: 0, signedIn: 0, ready: 0, talking: 0, wrapUp: 0, notReady: 0 };
const day = { arrived: 0, asked: 0, answered: 0, lost: 0, promptly: 0 };
type Sum = { centre: UnitRef; waitingSince: Date | null } & typeof none & typeof day;

export function byCentre(
  centres: readonly UnitRef[],
  board: { agents: readonly BoardAgent[]; queues: readonly BoardQueue[]; units: DayFigures['units'] },
): CentreRow[] {
  const sums = new Map<string, Sum>();
  const at = (unit: UnitRef): Sum => {
    const centre = centreOf(unit, centres);
    const sum = sums.get(centre.id) ?? { centre, waitingSince: null, ...none, ...day };
    sums.set(centre.id, sum);
    return sum;
  };
  for (const { unit, state } of board.agents) {
    const sum = at(unit);
    if (state === null) continue;
    sum.signedIn += 1;
    if (state === 'ready') sum.ready += 1;
    else if (state === 'wrap_up') sum.wrapUp += 1;
    else if (state === 'not_ready' || state === 'supervising') sum.notReady += 1;
    else sum.talking += 1;
  }
  for (const queue of board.queues) {
    const sum = at(queue.unit);
    sum.waiting += queue.waiting;
    if (queue.waitingSince && (!sum.waitingSince || queue.waitingSince < sum.waitingSince))
      sum.waitingSince = queue.waitingSince;
  }
  for (const { unit, ...figures } of board.units) {
    const sum = at(unit);
    sum.arrived += figures.arrived;
    sum.asked += figures.askedForAgent;
    sum.answered += figures.answered;
    sum.lost += figures.lost;
    sum.promptly += (figures.serviceLevel ?? 0) * (figures.answered + figures.lost);
  }
  return [...sums.values()]
    .map(({ promptly, ...sum }) => {
      const decided = sum.answered + sum.lost;
      const share = (part: number) => (decided > 0 ? part / decided : null);
      return { ...sum, answerRate: share(sum.answered), serviceLevel: share(promptly) };
    })
    .sort((a, b) => a.centre.path.localeCompare(b.centre.path));
}
