import type { Calendar } from '@rexian/contracts';
import { type Caller, viewerApi } from '../../platform/api.ts';
import { difference } from '../../platform/audit.ts';
import type { Db } from '../../platform/db.ts';
import { refusal, refusing } from '../../platform/errors.ts';
import type { Store } from '../../platform/store.ts';
import { reachableUnit } from '../reach.ts';
import { calendarOf } from './governing.ts';
import { calendarTold, changeCalendar, createCalendar, listCalendars, removeCalendar } from './service.ts';
import { changesAt, dateAt, dayOf, holidaysKnown, isOpen, monthOf } from './working-hours.ts';

const about = ({ id, name, unit }: Calendar) => ({
  subject: { kind: 'calendar' as const, id, name },
  unitId: unit.id,
});
const hasOne = () => refusal('TAKEN', '该机构已有工作日历，请修改原有的');

export function calendarRoutes({ store }: { store: Store }) {
  const api = viewerApi.calendars;
  /** What holds for a unit in reach may come from above the viewer's sight: calls go by it, so it is told. */
  const governing = async (db: Db, caller: Caller, unitId: string) => {
    if (!(await reachableUnit(db, caller, unitId))) throw refusal('NOT_FOUND');
    return calendarOf(store.system, unitId);
  };
  return {
    list: api.list.handler(({ context }) => listCalendars(context.db, context.caller)),
    create: api.create.handler(({ input, context: { db, caller, audit } }) =>
      refusing({ unique: hasOne }, () =>
        db.transaction().execute(async (trx) => {
          const made = await createCalendar(trx, caller, input);
          await audit({ action: 'created', ...about(made), after: calendarTold(made) }, trx);
          return made;
        }),
      ),
    ),
    change: api.change.handler(({ input, context: { db, caller, audit, nothingChanged } }) =>
      db.transaction().execute(async (trx) => {
        const { before, after } = await changeCalendar(trx, caller, input);
        const changed = difference(calendarTold(before), calendarTold(after));
        if (!changed) nothingChanged();
        else await audit({ action: 'changed', ...about(after), ...changed }, trx);
        return after;
      }),
    ),
    remove: api.remove.handler(({ input, context: { db, caller, audit } }) =>
      db.transaction().execute(async (trx) => {
        const gone = await removeCalendar(trx, caller, input.id);
        await audit({ action: 'removed', ...about(gone), before: calendarTold(gone) }, trx);
        return {};
      }),
    ),
    preview: api.preview.handler(async ({ input: { unitId, at }, context }) => {
      const calendar = await governing(context.db, context.caller, unitId);
      const date = dateAt(at);
      return {
        open: isOpen(calendar, at),
        day: dayOf(calendar, date),
        changesAt: changesAt(calendar, at),
        calendar: calendar && { id: calendar.id, name: calendar.name, unit: calendar.unit },
        holidaysKnown: holidaysKnown(calendar, date.slice(0, 4)),
      };
    }),
    month: api.month.handler(async ({ input: { unitId, month, draft }, context }) => {
      const saved = await governing(context.db, context.caller, unitId);
      const hours = draft ?? saved;
      return { days: monthOf(hours, month), holidaysKnown: holidaysKnown(hours, month.slice(0, 4)) };
    }),
  };
}
