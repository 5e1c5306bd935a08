/** 呼损 as an Excel file: masked unless asked for in clear by whoever may, and on record either way. */
import { endReason, type LostCall, type LostCallFilter, lostCallState, type PersonRef } from '@rexian/contracts';
import type { LedgerReader } from '../contacts/scope.ts';
import type { Audit } from '../platform/api.ts';
import { refusal } from '../platform/errors.ts';
import { type ExcelColumn, excelFile, excelTime } from '../platform/excel.ts';
import { lostCallsToExport } from './queries.ts';

const MOST = 50_000;

const personName = (person: PersonRef | null) => [person?.name, person?.agentNumber].filter(Boolean).join(' ');
const columns: ExcelColumn<LostCall>[] = [
  { title: '呼损日期', width: 12, value: (row) => row.day },
  { title: '主叫号码', width: 16, value: (row) => row.callerNumber },
  { title: '中心', width: 20, value: (row) => row.unit.name },
  { title: '技能组', width: 16, value: (row) => row.queue?.name ?? '' },
  { title: '首次呼损', width: 20, value: (row) => excelTime(row.firstAt) },
  { title: '最近呼损', width: 20, value: (row) => excelTime(row.lastAt) },
  { title: '呼损次数', width: 10, value: (row) => row.calls },
  { title: '最近一次结束情况', width: 18, value: (row) => endReason.labels[row.endReason] },
  { title: '状态', width: 18, value: (row) => lostCallState.labels[row.state] },
  { title: '分派给', width: 16, value: (row) => personName(row.assignedTo) },
  { title: '回拨次数', width: 10, value: (row) => row.attempts },
  { title: '最近回拨', width: 20, value: (row) => excelTime(row.lastAttemptAt) },
  { title: '完成时间', width: 20, value: (row) => excelTime(row.closedAt) },
  { title: '处理人', width: 16, value: (row) => personName(row.closedBy) },
  { title: '说明', width: 30, value: (row) => row.remark },
];

export async function exportLostCalls(
  reader: LedgerReader,
  { clear, ...filter }: LostCallFilter & { clear: boolean },
  audit: Audit,
): Promise<File> {
  const { viewer } = reader.caller;
  const needed = ['contacts.export', ...(clear ? (['personal.export'] as const) : [])] as const;
  if (!needed.every((permission) => viewer.permissions.includes(permission))) throw refusal('FORBIDDEN');
  const rows = await lostCallsToExport(reader, filter, clear, MOST);
  const file = await excelFile(`呼损${excelTime(new Date()).slice(0, 10)}.xlsx`, '呼损', columns, rows);
  const { number, ...told } = filter;
  await audit({
    action: 'exported',
    subject: { kind: 'lost_call', id: null, name: `呼损 ${rows.length} 条${clear ? '（完整号码）' : ''}` },
    unitId: viewer.unit.id,
    after: { rows: rows.length, clear, filter: { ...told, ...(number ? { number: '已填' } : {}) } },
  });
  return file;
}
