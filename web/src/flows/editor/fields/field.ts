/** What every field of a node's form is given. */
import type { Field, FieldKind } from '@rexian/flows/node.ts';
import { useState } from 'react';
import type { Shape } from './shapes.ts';

/** Kinds that are one value. */
export type ValueKind = Exclude<FieldKind, 'items'>;

export interface FieldProps {
  field: Field;
  /** Of the element that its label names. */
  id: string;
  /** undefined: nothing is set, the standard of `shape` holds. */
  value: unknown;
  shape: Shape;
  disabled: boolean;
  status: '' | 'error' | 'warning';
  /** What the same field of other rows has. */
  taken: ReadonlySet<unknown>;
  /** undefined: nothing is set any more. */
  onChange(value: unknown): void;
}

/** Of a phone. */
export const KEYS = [...'1234567890*#'];

/** Names of elements in the page; `path` as in findings. */
export const fieldId = (path: string): string => `node-field-${path}`;

/** A text that is typed: emptied and left, it is the standard again, but not while somebody types another one. */
export function useText({ value, shape, onChange }: Pick<FieldProps, 'value' | 'shape' | 'onChange'>) {
  const [emptied, setEmptied] = useState(false);
  const standard = typeof shape.default === 'string' && !emptied ? shape.default : '';
  return {
    text: typeof value === 'string' ? value : standard,
    type: (text: string) => {
      setEmptied(text === '');
      onChange(text === '' ? undefined : text);
    },
    leave: () => setEmptied(false),
  };
}
