/** Working calendars as centres have them, and such as nobody would think of. */
import type { OpenHours, SpecialDay } from '@rexian/contracts';
import type { Random } from '@rexian/simulate';
import type { WorkingHours } from '../../server/src/centres/calendars/working-hours.ts';
import { yearDays } from './sla-minutes.ts';

export interface NamedCalendar {
  name: string;
  hours: WorkingHours;
}

const RANDOM_CALENDARS = 60;

const spans = (...each: [string, string][]): OpenHours => each.map(([from, to]) => ({ from, to }));
const workdays = (open: OpenHours, weekend: OpenHours = []) => [open, open, open, open, open, weekend, weekend];
const office = spans(['08:30', '12:00'], ['14:30', '18:00']);

const known: NamedCalendar[] = [
  { name: '办公时间', hours: { week: workdays(office), holidays: true, specialDays: [] } },
  {
    // 广西 keeps 三月三 by its own arrangement, with a Sunday worked for it; the year's last day is short.
    name: '办公时间，地方假日',
    hours: {
      week: workdays(office),
      holidays: true,
      specialDays: [
        ...['2026-04-17', '2026-04-18', '2026-04-19', '2026-04-20'].map((date) => ({
          date,
          name: '三月三',
          hours: [],
        })),
        { date: '2026-04-26', name: '三月三调班', hours: office },
        { date: '2026-02-14', name: '除夕前半天', hours: spans(['08:30', '12:00']) },
        { date: '2026-10-03', name: '假日值班', hours: spans(['09:00', '17:00']) },
        { date: '2026-12-31', name: '年终结账', hours: spans(['08:30', '11:30']) },
      ],
    },
  },
  {
    name: '夜班',
    hours: { week: workdays(spans(['00:00', '06:00'], ['20:00', '24:00'])), holidays: false, specialDays: [] },
  },
  {
    name: '早晚班，周末值班',
    hours: {
      week: workdays(spans(['07:00', '11:45'], ['12:15', '16:00'], ['18:00', '22:30']), spans(['09:00', '12:00'])),
      holidays: true,
      specialDays: [],
    },
  },
  { name: '全天', hours: { week: Array(7).fill(spans(['00:00', '24:00'])), holidays: false, specialDays: [] } },
  {
    name: '全天，节假日休息',
    hours: { week: Array(7).fill(spans(['00:00', '24:00'])), holidays: true, specialDays: [] },
  },
  {
    name: '仅周三上午',
    hours: { week: [[], [], spans(['09:00', '11:00']), [], [], [], []], holidays: true, specialDays: [] },
  },
];

export function calendarsOf(random: Random): NamedCalendar[] {
  const made = Array.from({ length: RANDOM_CALENDARS }, (_, i) => ({ name: `随机 ${i + 1}`, hours: anyHours(random) }));
  return [...known, ...made];
}

function anyHours(random: Random): WorkingHours {
  const week = Array.from({ length: 7 }, () => (random.chance(0.3) ? [] : anyDay(random)));
  // Deadlines in days need a day that comes again.
  week[random.between(0, 4)] = anyDay(random);
  const days = yearDays();
  const dates = new Set(Array.from({ length: random.between(0, 30) }, () => random.pick(days)));
  const specialDays: SpecialDay[] = [...dates].map((date) => {
    return { date, name: '特殊日', hours: random.chance(0.5) ? [] : anyDay(random) };
  });
  return { week, holidays: random.chance(0.7), specialDays };
}

/** One to four spans, some of which touch or reach midnight. */
function anyDay(random: Random): OpenHours {
  const cuts = new Set<number>();
  const wanted = 2 * random.between(1, 4);
  while (cuts.size < wanted) cuts.add(random.chance(0.1) ? random.pick([0, 1_440]) : random.between(0, 1_440));
  const sorted = [...cuts].sort((a, b) => a - b);
  const touching = random.chance(0.3);
  return sorted
    .slice(0, -1)
    .map((from, i) => ({ from: clockOf(from), to: clockOf(sorted[i + 1] ?? from) }))
    .filter((_, i) => touching || i % 2 === 0)
    .slice(0, 6);
}

const clockOf = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
