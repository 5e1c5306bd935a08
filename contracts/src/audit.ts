import { z } from 'zod';
import { cursor, instant, limit, page, text, unitRef } from './common.ts';
import { route } from './route.ts';
import { auditAction, auditSubject } from './states/people.ts';

export const auditEntry = z.object({
  /** Without gaps: a missing one has been taken away. */
  id: z.number().int(),
  at: z.date(),
  action: auditAction.schema,
  /** Who: login and name as they were then; null: nobody signed in. */
  actor: z.object({ kind: z.enum(['person', 'key', 'system']), login: z.string(), name: z.string() }).nullable(),
  address: z.string(),
  subject: z.object({ kind: auditSubject.schema, id: z.string().nullable(), name: z.string() }),
  unit: unitRef.nullable(),
  /** Changed fields only; personal data masked, secrets never. */
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
});
export type AuditEntry = z.infer<typeof auditEntry>;

export const auditFilter = z.object({
  from: instant.optional(),
  to: instant.optional(),
  actions: z.array(auditAction.schema).max(auditAction.values.length).optional(),
  subjects: z.array(auditSubject.schema).max(auditSubject.values.length).optional(),
  /** Part of the actor's login or name. */
  actor: text(40).optional(),
  address: text(45).optional(),
  /** Part of the subject's name, or its whole id. */
  subject: text(60).optional(),
});
export type AuditFilter = z.infer<typeof auditFilter>;

export const audit = {
  list: route(['audit.read'], { method: 'GET', path: '/audit', summary: '审计日志', tag: 'audit', by: 'person' })
    .input(auditFilter.extend({ cursor: cursor.optional(), limit: limit() }))
    .output(page(auditEntry)),
  /** The first 50,000 of the filter, as an Excel file. */
  export: route(['audit.read'], {
    method: 'POST',
    path: '/audit/export',
    summary: '导出审计日志',
    tag: 'audit',
    by: 'person',
  })
    .input(auditFilter)
    .output(z.file()),
};
