import { describe, expect, it } from 'vitest';
import {
  draftProblem,
  hoursProblem,
  hoursText,
  leadingBlanks,
  mondayToFriday,
  mondayToSunday,
  readTime,
  type Week,
  withDay,
  withSpecialDay,
} from './hours.ts';

const office = [
  { from: '09:00', to: '12:00' },
  { from: '14:00', to: '18:00' },
];
const week: Week = [office, [], [], [], [], [], []];

describe('times as people type them', () => {
  it.each([
    ['9', '09:00'],
    ['830', '08:30'],
    ['0830', '08:30'],
    ['9：30', '09:30'],
    [' 17:05 ', '17:05'],
    ['24', '24:00'],
    ['2400', '24:00'],
    ['24:01', null],
    ['25', null],
    ['9:75', null],
    ['', null],
    ['九点', null],
  ])('%j is %j', (typed, time) => expect(readTime(typed)).toBe(time));
});

describe('open hours', () => {
  it('read as words', () => {
    expect(hoursText([])).toBe('休息');
    expect(hoursText([{ from: '00:00', to: '24:00' }])).toBe('全天');
    expect(hoursText(office)).toBe('09:00–12:00、14:00–18:00');
  });
  it('tell what is wrong with them', () => {
    expect(hoursProblem(office)).toBeNull();
    expect(hoursProblem([{ from: '9', to: '12:00' }])).toBe('时间格式为 HH:mm');
    expect(hoursProblem([{ from: '12:00', to: '09:00' }])).toBe('结束时间须晚于开始时间');
    expect(hoursProblem([...office, { from: '17:00', to: '19:00' }])).toBe('时间段不能重叠');
  });
});

describe('the draft of a calendar', () => {
  it('copies Monday to Friday and leaves the weekend', () => {
    const weekend = [{ from: '10:00', to: '12:00' }];
    const copied = mondayToFriday(withDay(week, 5, weekend));
    expect(copied.slice(0, 5)).toEqual([office, office, office, office, office]);
    expect(copied[5]).toEqual(weekend);
    expect(copied[6]).toEqual([]);
    expect(mondayToSunday(copied)).toEqual(Array(7).fill(office));
  });
  it('keeps special days in order, one a date', () => {
    const day = (date: string, name: string) => ({ date, name, hours: [] });
    const days = withSpecialDay([day('2026-03-01', 'a'), day('2026-05-01', 'b')], day('2026-04-01', 'c'));
    expect(days.map(({ name }) => name)).toEqual(['a', 'c', 'b']);
    expect(withSpecialDay(days, day('2026-05-01', 'd'), '2026-03-01').map(({ name }) => name)).toEqual(['c', 'd']);
  });
  it('is not saved with a half-typed time', () => {
    const draft = { name: '标准', week, holidays: true, specialDays: [] };
    expect(draftProblem(draft)).toBeNull();
    expect(draftProblem({ ...draft, name: ' ' })).toBe('请输入日历名称');
    expect(draftProblem({ ...draft, week: withDay(week, 2, [{ from: '9', to: '' }]) })).toMatch('每周时间有误');
  });
});

it('a month begins under its weekday', () => {
  expect(leadingBlanks('2026-06-01')).toBe(0);
  expect(leadingBlanks('2026-11-01')).toBe(6);
});
