/** Rows of a form: a new one, and rows in another order. */
import type { Field } from '@rexian/flows/node.ts';
import { KEYS } from './field.ts';

export type Row = Readonly<Record<string, unknown>>;

/** What can be read of the rows; others are faults that are told, and go with the next change. */
export const rowsOf = (value: unknown): readonly Row[] =>
  Array.isArray(value) ? value.map((row): Row => (row !== null && typeof row === 'object' ? row : {})) : [];

/** Empty, but for the first key that is free. */
export function newRow(fields: readonly Field[], rows: readonly Row[]): Row {
  return Object.fromEntries(
    fields.map(({ name, kind }) => {
      const used = new Set(rows.map((row) => row[name]));
      return [name, kind === 'key' ? (KEYS.find((key) => !used.has(key)) ?? '') : ''];
    }),
  );
}

/** The row `from` in the place `to`. */
export function moved(rows: readonly Row[], from: number, to: number): readonly Row[] {
  const row = rows[from];
  if (!row || to < 0 || to >= rows.length) return rows;
  return rows.toSpliced(from, 1).toSpliced(to, 0, row);
}
