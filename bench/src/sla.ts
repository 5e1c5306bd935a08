/**
 * Deadlines of a year, worked out again by walking every minute of it: which days are worked is read from the State Council's notice and
 * from what centres set, in code of its own that shares nothing with the platform's but the shape of a calendar.
 */

import { createRandom, type Random } from '@rexian/simulate';
import type { Allowance } from '../../server/src/centres/calendars/deadlines.ts';
import { deadlineOf, warnAt, workingTimeBetween } from '../../server/src/centres/calendars/deadlines.ts';
import type { BenchResult } from './answer.ts';
import type { BenchOptions } from './options.ts';
import { calendarsOf, type NamedCalendar } from './sla-calendars.ts';
import { MINUTE_MS, OpenMinutes, YEAR, yearDays } from './sla-minutes.ts';

const RANDOM_DEADLINES = 24_000;
/** From every day of the year, at these times. */
const TIMES = ['00:00', '11:30', '17:59', '22:30'];
const EVERY_DAY: Allowance[] = [
  { amount: 2, unit: 'hours', working: true },
  { amount: 24, unit: 'hours', working: true },
  { amount: 1, unit: 'days', working: true },
  { amount: 7, unit: 'days', working: true },
  { amount: 15, unit: 'days', working: true },
  { amount: 24, unit: 'hours', working: false },
];
const TOLD = 10;

interface Question {
  calendar: NamedCalendar;
  from: Date;
  allowance: Allowance;
}

export async function sla({ seed }: BenchOptions, say: (text: string) => void): Promise<BenchResult> {
  const random = createRandom(seed);
  const calendars = calendarsOf(random);
  const minutes = new Map(calendars.map(({ name, hours }) => [name, new OpenMinutes(hours)]));
  say(`${calendars.length} calendars, every minute of ${YEAR} and the year after it, seed ${seed}`);
  const figures = { slaErrors: 0, deadlines: 0, warnings: 0, spans: 0, days: 0, seed };
  const wrong = (what: string) => {
    figures.slaErrors += 1;
    if (figures.slaErrors <= TOLD) say(`WRONG: ${what}`);
  };
  /** false: nobody can know, it ends in a year whose holidays aren't decided. */
  const ask = (question: Question): boolean => {
    const { calendar, from, allowance } = question;
    const open = minutes.get(calendar.name);
    if (!open) throw new Error(`no minutes of ${calendar.name}`);
    const walked = open.deadline(from, allowance);
    if (!walked) return false;
    const told = (what: string, got: unknown, wanted: unknown) =>
      wrong(`${what} ${wordsOf(question)}: ${shown(got)}, should be ${shown(wanted)}`);
    const due = deadlineOf(calendar.hours, from, allowance);
    figures.deadlines += 1;
    if (due.getTime() !== walked.getTime()) told('deadline', due, walked);
    const hours = allowance.working ? calendar.hours : null;
    const counted = allowance.working ? open : always;
    figures.spans += 1;
    const between = workingTimeBetween(hours, from, walked);
    const countedMs = counted.between(from, walked);
    if (between !== countedMs) told('working time', between, countedMs);
    figures.warnings += 1;
    const near = warnAt(hours, from, walked);
    const nearWalked = counted.near(from, walked);
    if (near.getTime() !== nearWalked.getTime()) told('warning', near, nearWalked);
    return true;
  };
  for (const day of yearDays()) {
    figures.days += 1;
    for (const calendar of calendars.slice(0, 4))
      for (const time of TIMES)
        for (const allowance of EVERY_DAY) ask({ calendar, from: new Date(`${day}T${time}:00+08:00`), allowance });
  }
  say(`every day of ${YEAR}: ${figures.deadlines} deadlines, ${figures.slaErrors} wrong`);
  const days = yearDays();
  for (let asked = 0; asked < RANDOM_DEADLINES; ) {
    const calendar = random.pick(calendars);
    if (ask({ calendar, from: momentOf(random.pick(days), random), allowance: anyAllowance(random) })) asked += 1;
  }
  say(`${RANDOM_DEADLINES} at random: ${figures.slaErrors} wrong in all`);
  return { figures, targets: [{ name: 'slaErrors', value: figures.slaErrors, wanted: { exactly: 0 } }] };
}

const always = new OpenMinutes(null);

/** Mostly in the middle of a minute; sometimes on its edge, where mistakes live. */
function momentOf(day: string, random: Random): Date {
  const ms = random.between(0, 1_439) * MINUTE_MS + (random.chance(0.25) ? 0 : random.between(1, MINUTE_MS - 1));
  return new Date(Date.parse(`${day}T00:00:00+08:00`) + ms);
}

function anyAllowance(random: Random): Allowance {
  const unit = random.pick(['minutes', 'hours', 'days'] as const);
  const most = { minutes: 2_000, hours: 120, days: 40 }[unit];
  return { amount: random.between(1, most), unit, working: random.chance(0.85) };
}

const wordsOf = ({ calendar, from, allowance }: Question) =>
  `of ${allowance.amount} ${allowance.working ? 'working ' : ''}${allowance.unit} from ${shown(from)} by “${calendar.name}”`;

const shown = (value: unknown) =>
  value instanceof Date ? new Date(value.getTime() + 8 * 3_600_000).toISOString().replace('Z', '') : String(value);
