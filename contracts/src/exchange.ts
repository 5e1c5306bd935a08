import { z } from 'zod';
import { errorCodes } from './common.ts';
import { route } from './route.ts';

/** What can be carried in and out as Excel files. */
export const exchangeKind = z.enum(['units', 'people', 'numbers', 'regions', 'categories']);
export type ExchangeKind = z.infer<typeof exchangeKind>;
/** What comes in only: each row is a new work order. */
export const importKind = z.enum([...exchangeKind.options, 'orders']);
export type ImportKind = z.infer<typeof importKind>;

export const importReport = z.object({
  rows: z.number().int(),
  created: z.number().int(),
  changed: z.number().int(),
  unchanged: z.number().int(),
  /** Sheet rows count from 1 with the heading; column: its heading, null when the whole row is wrong. */
  errors: z.array(z.object({ row: z.number().int(), column: z.string().nullable(), message: z.string() })),
  /** False: nothing has been changed, be it only checked or wrong in any row. */
  imported: z.boolean(),
  /** Temporary passwords of new people, told once. */
  passwords: z.array(z.object({ login: z.string(), password: z.string() })),
});
export type ImportReport = z.infer<typeof importReport>;

/** Largest file taken, in bytes. */
export const IMPORT_MAX_BYTES = 5_000_000;
const asked = { tag: 'exchange' } as const;

export const exchange = {
  /** An empty file with headings and an example. */
  template: route(['settings.read', 'work_orders.register'], {
    ...asked,
    method: 'GET',
    path: '/exchange/{kind}/template',
    summary: '导入模板',
  })
    .input(z.object({ kind: importKind }))
    .output(z.file()),
  export: route(['settings.read'], { ...asked, method: 'POST', path: '/exchange/{kind}/export', summary: '导出' })
    .input(z.object({ kind: exchangeKind }))
    .output(z.file()),
  /** `commit` false only checks. One wrong row and nothing is imported. The permission that changes the kind is needed. */
  import: route(
    ['units.manage', 'people.manage', 'numbers.manage', 'queues.manage', 'categories.manage', 'work_orders.register'],
    {
      ...asked,
      method: 'POST',
      path: '/exchange/{kind}/import',
      summary: '导入',
      by: 'person',
    },
  )
    .errors({ BAD_FILE: errorCodes.BAD_FILE, FORBIDDEN: errorCodes.FORBIDDEN })
    .input(
      z.object({
        kind: importKind,
        file: z.file().max(IMPORT_MAX_BYTES, '文件超过 5 MB'),
        commit: z.boolean(),
      }),
    )
    .output(importReport),
};
