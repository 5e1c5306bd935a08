/** What can be done to an order beside taking it on: what it asks for, and how it is sent. */
import type { OrderDetail, OrderTarget, Registration } from '@rexian/contracts';
import type { Key } from '../useKey.ts';

export type Child = Pick<Registration, 'unitId' | 'kind' | 'categoryId' | 'title' | 'content'>;

/** What a form gives; which of them are there is what the verb asks for. */
export interface Said {
  to: OrderTarget;
  several: OrderTarget[];
  personIds: string[];
  choice: string;
  until: Date | null;
  reason: string;
  /** Number of another order. */
  number: string;
  children: Child[];
}

export type Asked =
  | { what: 'to'; label: string; isOptional?: boolean }
  | { what: 'several'; label: string }
  | { what: 'personIds'; label: string }
  | { what: 'choice'; label: string; options: { value: string; label: string }[] }
  /** Nodes of the order's workflow, for a jump. */
  | { what: 'node'; label: string }
  | { what: 'until'; label: string; after: Date | null; isOptional?: boolean }
  | { what: 'reason'; label: string; isOptional?: boolean; max?: number }
  | { what: 'number'; label: string }
  | { what: 'children'; label: string };

export interface Verb {
  title: string;
  key?: Key;
  /** Can hardly be taken back. */
  isGrave?: boolean;
  asks: Asked[];
  run(said: Said): Promise<{ order: OrderDetail }>;
}

export const reasonOf = (label: string): Asked => ({ what: 'reason', label });
