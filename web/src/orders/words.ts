/** How orders and their parts look on every screen. */
import type {
  OrderTaskState,
  PersonRef,
  UnitRef,
  WorkOrderDesk,
  WorkOrderState,
  WorkOrderUrgency,
} from '@rexian/contracts';
import { workOrderDesk } from '@rexian/contracts';
import { personName } from '../platform/personName.ts';
import type { Tone } from '../platform/status.ts';

export const orderTone: Record<WorkOrderState, Tone> = {
  draft: 'waiting',
  open: 'talking',
  suspended: 'quiet',
  closed: 'ready',
  void: 'quiet',
  merged: 'quiet',
};

export const taskTone: Record<OrderTaskState, Tone> = {
  waiting: 'waiting',
  doing: 'talking',
  done: 'ready',
  cancelled: 'quiet',
};

export const urgencyTone: Record<WorkOrderUrgency, Tone> = { normal: 'quiet', urgent: 'not-ready', danger: 'fault' };

interface Where {
  unit: UnitRef;
  person: PersonRef | null;
  desk?: WorkOrderDesk | null;
}

/** `青秀区税务局 · 投诉专席`, `青秀区税务局 · 1002 韦兰`. */
export const placeName = ({ unit, person, desk }: Where): string =>
  [unit.name, person ? personName(person) : desk && workOrderDesk.labels[desk]].filter(Boolean).join(' · ');
