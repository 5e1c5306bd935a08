import { type AuditEntry, auditAction, auditSubject } from '@rexian/contracts';
import { viewerApi } from '../platform/api.ts';
import { refusal } from '../platform/errors.ts';
import { type ExcelColumn, excelFile, excelTime } from '../platform/excel.ts';
import { listAudit } from './queries.ts';

const EXPORT_MOST = 50_000;

const columns: ExcelColumn<AuditEntry>[] = [
  { title: '序号', width: 10, value: (row) => row.id },
  { title: '时间', width: 20, value: (row) => excelTime(row.at) },
  { title: '工号', width: 12, value: (row) => row.actor?.login ?? '' },
  { title: '姓名', width: 12, value: (row) => row.actor?.name ?? '' },
  { title: '动作', width: 14, value: (row) => auditAction.labels[row.action] },
  { title: '对象类别', width: 12, value: (row) => auditSubject.labels[row.subject.kind] },
  { title: '对象', width: 28, value: (row) => row.subject.name },
  { title: '中心', width: 20, value: (row) => row.unit?.name ?? '' },
  { title: '来源地址', width: 18, value: (row) => row.address },
  { title: '变更前', width: 40, value: (row) => (row.before ? JSON.stringify(row.before) : '') },
  { title: '变更后', width: 40, value: (row) => (row.after ? JSON.stringify(row.after) : '') },
];

export function auditRoutes() {
  return {
    list: viewerApi.audit.list.handler(({ input, context }) => {
      if (input.cursor && !/^\d{1,15}$/.test(input.cursor)) throw refusal('BAD_REQUEST');
      return listAudit(context, input);
    }),
    export: viewerApi.audit.export.handler(async ({ input, context }) => {
      const { rows } = await listAudit(context, { ...input, limit: EXPORT_MOST });
      const file = await excelFile(`审计日志${excelTime(new Date()).slice(0, 10)}.xlsx`, '审计日志', columns, rows);
      await context.audit({
        action: 'exported',
        subject: { kind: 'audit', id: null, name: `审计日志 ${rows.length} 条` },
        unitId: context.viewer.unit.id,
        after: { rows: rows.length, filter: input },
      });
      return file;
    }),
  };
}
