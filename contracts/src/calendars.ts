import { z } from 'zod';
import { day, errorCodes, id, instant, requiredText, unitRef } from './common.ts';
import { route } from './route.ts';

/** `09:00`…`24:00`, Beijing time. */
export const timeOfDay = z.string().regex(/^(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)$/, '时间格式为 HH:mm');
/** Open hours of one day: at most six spans, in order, apart. */
export const openHours = z
  .array(z.object({ from: timeOfDay, to: timeOfDay }).refine(({ from, to }) => from < to, '结束时间须晚于开始时间'))
  .max(6)
  .refine((spans) => spans.every((span, i) => i === 0 || (spans[i - 1]?.to ?? '') <= span.from), '时间段不能重叠');
export type OpenHours = z.infer<typeof openHours>;

/** Monday first. */
export const week = z.tuple([openHours, openHours, openHours, openHours, openHours, openHours, openHours]);
export const specialDay = z.object({ date: day, name: requiredText(40, '请输入名称'), hours: openHours });
export type SpecialDay = z.infer<typeof specialDay>;

const facts = {
  name: requiredText(40, '请输入名称'),
  week,
  /** Statutory holidays closed, days worked in exchange (调休) open as on a working day. */
  holidays: z.boolean(),
  /** Go before everything else. Empty hours: closed. */
  specialDays: z.array(specialDay).max(400),
};

/** 工作日历: holds for its unit and for all below that have none of their own. */
export const calendar = z.object({ id, unit: unitRef, ...facts, can: z.object({ change: z.boolean() }) });
export type Calendar = z.infer<typeof calendar>;

/** Why a day has its hours. */
export const dayKind = z.enum(['week', 'holiday', 'exchanged', 'special', 'always']);
export const calendarDay = z.object({ date: day, hours: openHours, kind: dayKind, name: z.string() });
export type CalendarDay = z.infer<typeof calendarDay>;

const errors = { NOT_FOUND: errorCodes.NOT_FOUND, TAKEN: errorCodes.TAKEN };

export const calendars = {
  list: route(['settings.read'], { method: 'GET', path: '/calendars', summary: '工作日历', tag: 'calendars' }).output(
    z.array(calendar),
  ),
  create: route(['calendars.manage'], { method: 'POST', path: '/calendars', summary: '新增工作日历', tag: 'calendars' })
    .errors(errors)
    .input(z.object({ unitId: id, ...facts }))
    .output(calendar),
  change: route(['calendars.manage'], {
    method: 'PATCH',
    path: '/calendars/{id}',
    summary: '修改工作日历',
    tag: 'calendars',
  })
    .errors(errors)
    .input(z.object({ id, ...facts }))
    .output(calendar),
  remove: route(['calendars.manage'], {
    method: 'DELETE',
    path: '/calendars/{id}',
    summary: '删除工作日历',
    tag: 'calendars',
  })
    .errors(errors)
    .input(z.object({ id }))
    .output(z.object({})),
  /** Is the unit open at that moment? `calendar` null: none holds, the unit is always open. */
  preview: route(['settings.read'], {
    method: 'GET',
    path: '/calendars/preview',
    summary: '某时刻是否上班',
    tag: 'calendars',
  })
    .errors({ NOT_FOUND: errorCodes.NOT_FOUND })
    .input(z.object({ unitId: id, at: instant }))
    .output(
      z.object({
        open: z.boolean(),
        day: calendarDay,
        /** When that changes next; null: not within a year. */
        changesAt: z.date().nullable(),
        calendar: z.object({ id, name: z.string(), unit: unitRef }).nullable(),
        /** The year's holiday arrangement is not known to this version: only weeks and special days count. */
        holidaysKnown: z.boolean(),
      }),
    ),
  /** Every day of a month (`2026-10`) for a unit; with `draft`, as it would be with unsaved changes. */
  month: route(['settings.read'], {
    method: 'POST',
    path: '/calendars/month',
    summary: '月历',
    tag: 'calendars',
    trace: 'none',
  })
    .errors({ NOT_FOUND: errorCodes.NOT_FOUND })
    .input(
      z.object({
        unitId: id,
        month: z.string().regex(/^(?:19[7-9][0-9]|20[0-9]{2}|21[0-9]{2})-(?:0[1-9]|1[0-2])$/),
        draft: z.object({ week, holidays: z.boolean(), specialDays: facts.specialDays }).optional(),
      }),
    )
    .output(z.object({ days: z.array(calendarDay), holidaysKnown: z.boolean() })),
};
