/** 通话记录 as an Excel file: masked unless asked for in clear by whoever may, and on record either way. */
import {
  type ContactFilter,
  type ContactSummary,
  contactDirection,
  contactOrigin,
  contactState,
  endedBy,
  endReason,
  scoreLabel,
  wrapUpResult,
} from '@rexian/contracts';
import type { Audit } from '../platform/api.ts';
import { refusal } from '../platform/errors.ts';
import { type ExcelColumn, excelFile, excelTime } from '../platform/excel.ts';
import { openNumber } from './caller-number.ts';
import type { LedgerReader } from './scope.ts';
import { matchingIds } from './search.ts';
import { summariesOf, toSummary } from './summary.ts';

const MOST = 50_000;

const seconds = (ms: number) => Math.round(ms / 1000);
const columns: ExcelColumn<ContactSummary>[] = [
  { title: '呼入时间', width: 20, value: (row) => excelTime(row.arrivedAt) },
  { title: '主叫号码', width: 16, value: (row) => row.callerNumber },
  { title: '被叫号码', width: 16, value: (row) => row.calledNumber },
  { title: '方向', width: 8, value: (row) => contactDirection.labels[row.direction] },
  { title: '来源', width: 12, value: (row) => contactOrigin.labels[row.origin] },
  { title: '中心', width: 20, value: (row) => row.unit.name },
  { title: '技能组', width: 16, value: (row) => row.queue?.name ?? '' },
  { title: '坐席', width: 12, value: (row) => row.agent?.name ?? '' },
  { title: '工号', width: 10, value: (row) => row.agent?.agentNumber ?? '' },
  { title: '接通时间', width: 20, value: (row) => excelTime(row.connectedAt) },
  { title: '结束时间', width: 20, value: (row) => excelTime(row.endedAt) },
  { title: '导航（秒）', width: 10, value: (row) => seconds(row.flowMs) },
  { title: '排队（秒）', width: 10, value: (row) => seconds(row.waitingMs) },
  { title: '振铃（秒）', width: 10, value: (row) => seconds(row.ringingMs) },
  { title: '通话（秒）', width: 10, value: (row) => seconds(row.talkingMs) },
  { title: '保持（秒）', width: 10, value: (row) => seconds(row.holdMs) },
  { title: '小结（秒）', width: 10, value: (row) => seconds(row.wrapUpMs) },
  {
    title: '结束情况',
    width: 14,
    value: (row) => (row.endReason ? endReason.labels[row.endReason] : contactState.labels[row.state]),
  },
  { title: '挂机方', width: 10, value: (row) => (row.endedBy ? endedBy.labels[row.endedBy] : '') },
  { title: '处理结果', width: 12, value: (row) => (row.result ? wrapUpResult.labels[row.result] : '') },
  { title: '业务类别', width: 16, value: (row) => row.categoryName ?? '' },
  { title: '满意度推送', width: 12, value: (row) => (row.satisfactionPushed ? '已推送' : '') },
  { title: '满意度', width: 12, value: (row) => scoreLabel(row.satisfaction) },
  { title: '录音', width: 8, value: (row) => (row.recorded ? '有' : '') },
];

export async function exportContacts(
  reader: LedgerReader,
  { clear, ...filter }: ContactFilter & { clear: boolean },
  audit: Audit,
): Promise<File> {
  const { db, vault, caller } = reader;
  if (clear && !caller.viewer.permissions.includes('personal.export')) throw refusal('FORBIDDEN');
  const { rows: found } = await summariesOf(matchingIds(reader, filter, MOST)).execute(db);
  const rows = found.map((row) => ({
    ...toSummary(vault, row),
    ...(clear ? { callerNumber: openNumber(vault, row.caller) } : {}),
  }));
  const file = await excelFile(`通话记录${excelTime(new Date()).slice(0, 10)}.xlsx`, '通话记录', columns, rows);
  const { callerNumber, ...told } = filter;
  await audit({
    action: 'exported',
    subject: { kind: 'contact', id: null, name: `通话记录 ${rows.length} 条${clear ? '（完整号码）' : ''}` },
    unitId: caller.viewer.unit.id,
    after: { rows: rows.length, clear, filter: { ...told, ...(callerNumber ? { callerNumber: '已填' } : {}) } },
  });
  return file;
}
