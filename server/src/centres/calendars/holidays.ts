/** Statutory holidays and the days worked in exchange for them (国务院办公厅's yearly arrangement), as the package chinese-days ships them. */

// The package's functions read dates in the machine's own time zone; its data doesn't.
import data from 'chinese-days/dist/chinese-days.json' with { type: 'json' };

export interface Arranged {
  kind: 'holiday' | 'exchanged';
  /** `国庆节`. */
  name: string;
}

const table: { holidays: Record<string, string>; workdays: Record<string, string> } = data;

/** What the arrangement says of a day (`2026-10-01`); null: nothing, the week counts. */
export function arrangementOf(date: string): Arranged | null {
  const exchanged = table.workdays[date];
  if (exchanged !== undefined) return { kind: 'exchanged', name: chineseName(exchanged) };
  const holiday = table.holidays[date];
  return holiday === undefined ? null : { kind: 'holiday', name: chineseName(holiday) };
}

/** Whether the year's arrangement is in the data: 国庆节 is part of every one. */
export const yearIsKnown = (year: number | string): boolean => table.holidays[`${year}-10-01`] !== undefined;

/** `National Day,国庆节,3`. */
const chineseName = (entry: string): string => entry.split(',')[1] ?? entry;
