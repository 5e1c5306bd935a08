import { type ContactFilter, contactFilter, contactOrigin, endReason, satisfactionAnswer } from '@rexian/contracts';
import type { z } from 'zod';
import { readTime, writeTime } from '../listing/addressTime.ts';
import { sensible } from '../listing/sensible.ts';
import { instantOf, wallNow } from '../platform/beijing.ts';

/** The filter lives in the address, so that it survives a reload and can be sent to a colleague. */
export function readFilter(query: URLSearchParams, now = wallNow()): ContactFilter {
  /** The values of a list that make sense; undefined when there are none. */
  const some = <Value extends z.ZodType>(name: string, value: Value): z.infer<Value>[] | undefined => {
    const values = query.getAll(name).flatMap((each) => value.safeParse(each).data ?? []);
    return values.length > 0 ? values : undefined;
  };
  const raw = {
    from: query.has('all') ? undefined : (readTime(query.get('from')) ?? instantOf(now.startOf('day'))),
    to: readTime(query.get('to')),
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
  if (filter.from) query.set('from', writeTime(filter.from));
  else query.set('all', '1');
  if (filter.to) query.set('to', writeTime(filter.to));
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
