import { type ContactFilter, contactFilter, contactOrigin, endReason, satisfactionAnswer } from '@rexian/contracts';
import dayjs from 'dayjs';
import type { z } from 'zod';
import { sensible } from '../listing/sensible.ts';

/** The filter lives in the address, so that it survives a reload and can be sent to a colleague. */
export function readFilter(query: URLSearchParams, now = new Date()): ContactFilter {
  const day = dayjs(now);
  const time = (name: string) => {
    const value = dayjs(query.get(name) ?? '');
    return value.isValid() ? value.toDate() : undefined;
  };
  /** The values of a list that make sense; undefined when there are none. */
  const some = <Value extends z.ZodType>(name: string, value: Value): z.infer<Value>[] | undefined => {
    const values = query.getAll(name).flatMap((each) => value.safeParse(each).data ?? []);
    return values.length > 0 ? values : undefined;
  };
  const raw = {
    from: query.has('all') ? undefined : (time('from') ?? day.startOf('day').toDate()),
    to: time('to'),
    callerNumber: query.get('caller') ?? undefined,
    calledNumber: query.get('called') ?? undefined,
    agentId: query.get('agent') ?? undefined,
    unitId: query.get('unit') ?? undefined,
    queueId: query.get('queue') ?? undefined,
    endReasons: some('end', endReason.schema),
    direction: query.get('direction') ?? undefined,
    origins: some('origin', contactOrigin.schema),
    satisfaction: some('mark', satisfactionAnswer),
    tests: query.has('tests') ? true : undefined,
  };
  return sensible(contactFilter.partial(), raw);
}

export function writeFilter(filter: ContactFilter): URLSearchParams {
  const query = new URLSearchParams();
  if (filter.from) query.set('from', dayjs(filter.from).format('YYYY-MM-DDTHH:mm'));
  else query.set('all', '1');
  if (filter.to) query.set('to', dayjs(filter.to).format('YYYY-MM-DDTHH:mm'));
  if (filter.callerNumber) query.set('caller', filter.callerNumber);
  if (filter.calledNumber) query.set('called', filter.calledNumber);
  if (filter.agentId) query.set('agent', filter.agentId);
  if (filter.unitId) query.set('unit', filter.unitId);
  if (filter.queueId) query.set('queue', filter.queueId);
  for (const reason of filter.endReasons ?? []) query.append('end', reason);
  if (filter.direction) query.set('direction', filter.direction);
  for (const origin of filter.origins ?? []) query.append('origin', origin);
  for (const mark of filter.satisfaction ?? []) query.append('mark', mark);
  if (filter.tests) query.set('tests', '1');
  return query;
}
