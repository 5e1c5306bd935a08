import { type AuditFilter, auditAction, auditFilter, auditSubject } from '@rexian/contracts';
import type { z } from 'zod';
import { readTime, writeTime } from '../listing/addressTime.ts';
import { instantOf, wallNow } from '../platform/beijing.ts';

const texts = ['actor', 'address', 'subject'] as const;

/** The filter lives in the address. Without one: the last seven days. */
export function readFilter(query: URLSearchParams, now = wallNow()): AuditFilter {
  const raw = {
    from: query.has('all')
      ? undefined
      : (readTime(query.get('from')) ?? instantOf(now.subtract(6, 'day').startOf('day'))),
    to: readTime(query.get('to')),
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
  if (filter.from) query.set('from', writeTime(filter.from));
  else query.set('all', '1');
  if (filter.to) query.set('to', writeTime(filter.to));
  for (const action of filter.actions ?? []) query.append('action', action);
  for (const subject of filter.subjects ?? []) query.append('kind', subject);
  for (const name of texts) if (filter[name]) query.set(name, filter[name]);
  return query;
}
