import { type AuditFilter, auditAction, auditFilter, auditSubject } from '@rexian/contracts';
import dayjs from 'dayjs';
import type { z } from 'zod';

const texts = ['actor', 'address', 'subject'] as const;

/** The filter lives in the address. Without one: the last seven days. */
export function readFilter(query: URLSearchParams, now = new Date()): AuditFilter {
  const time = (name: string) => {
    const value = dayjs(query.get(name) ?? '');
    return value.isValid() ? value.toDate() : undefined;
  };
  const raw = {
    from: query.has('all') ? undefined : (time('from') ?? dayjs(now).subtract(6, 'day').startOf('day').toDate()),
    to: time('to'),
    actions: known(auditAction.schema, query.getAll('action')),
    subjects: known(auditSubject.schema, query.getAll('kind')),
    ...Object.fromEntries(texts.map((name) => [name, query.get(name) ?? undefined])),
  };
  // Addresses are typed by people too: a part that makes no sense is left out, the rest still works.
  const entries = Object.entries(raw).filter(
    ([name, value]) => value !== undefined && auditFilter.safeParse({ [name]: value }).success,
  );
  return Object.fromEntries(entries);
}

function known<T extends z.ZodType>(schema: T, values: string[]): z.infer<T>[] | undefined {
  const found = values.map((value) => schema.safeParse(value).data).filter((value) => value !== undefined);
  return found.length > 0 ? found : undefined;
}

export function writeFilter(filter: AuditFilter): URLSearchParams {
  const query = new URLSearchParams();
  if (filter.from) query.set('from', dayjs(filter.from).format('YYYY-MM-DDTHH:mm'));
  else query.set('all', '1');
  if (filter.to) query.set('to', dayjs(filter.to).format('YYYY-MM-DDTHH:mm'));
  for (const action of filter.actions ?? []) query.append('action', action);
  for (const subject of filter.subjects ?? []) query.append('kind', subject);
  for (const name of texts) if (filter[name]) query.set(name, filter[name]);
  return query;
}
