import type { Calendar, Unit } from '@rexian/contracts';
import { expect, it } from 'vitest';
import { governing, seenFrom } from './shown.ts';

const calendar = (path: string) => ({ id: path, unit: { id: path, name: path, path } }) as Calendar;
const unit = (path: string) => ({ id: path, path }) as Unit;
const calendars = [calendar('gx'), calendar('gx.nanning'), calendar('gx.nan')];

it('a unit follows its own calendar, or the nearest above', () => {
  expect(governing(calendars, 'gx.nanning')?.id).toBe('gx.nanning');
  expect(governing(calendars, 'gx.nanning.qingxiu.hall')?.id).toBe('gx.nanning');
  expect(governing(calendars, 'gx.liuzhou')?.id).toBe('gx');
  expect(governing(calendars.slice(1), 'gx.liuzhou')).toBeUndefined();
});

it('a calendar from above is looked at from within', () => {
  const units = [unit('gx.nanning'), unit('gx.nanning.qingxiu')];
  expect(seenFrom(calendar('gx.nanning.qingxiu'), units)).toEqual({ unitId: 'gx.nanning.qingxiu', own: true });
  expect(seenFrom(calendar('gx'), units)).toEqual({ unitId: 'gx.nanning', own: false });
  expect(seenFrom(calendar('gx'), [])).toBeNull();
});
