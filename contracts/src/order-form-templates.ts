/** Forms to start from. Their words follow 《纳税服务投诉管理办法》（税务总局公告2019年第27号） and 《税收违法行为检举管理办法》（税务总局令第49号）. */
import type { z } from 'zod';
import { type FormField, formField } from './order-forms.ts';
import type { WorkOrderKind } from './states/orders.ts';

const form = (...fields: z.input<typeof formField>[]): readonly FormField[] =>
  fields.map((field) => formField.parse(field));

const creditCode = {
  key: 'credit_code',
  label: '统一社会信用代码',
  type: 'text',
  maxLength: 18,
  width: 'half',
} as const;
const proof = { key: 'proof', label: '证据材料', type: 'attachment' } as const;

export const orderFormTemplates: Readonly<Partial<Record<WorkOrderKind, readonly FormField[]>>> = {
  inquiry: form(
    { key: 'tax_number', label: '税号', type: 'text', maxLength: 20, width: 'half', required: 'always' },
    { key: 'taxpayer', label: '纳税人名称', type: 'text', width: 'half' },
    {
      ...{ key: 'subject', label: '查询事项', type: 'choice', width: 'half', required: 'always' },
      options: ['申报记录', '缴费记录', '发票信息', '办理进度', '违法违章', '其他'],
    },
    {
      ...{ key: 'subject_other', label: '其他事项', type: 'text', width: 'half' },
      visible: { field: 'subject', values: ['其他'] },
      required: 'always',
    },
    { key: 'period', label: '所属期', type: 'text', maxLength: 40, help: '例如 2026年1—3月' },
  ),
  complaint: form(
    { key: 'against', label: '被投诉单位', type: 'text', width: 'half', required: 'always' },
    { key: 'against_person', label: '被投诉人员', type: 'text', width: 'half', help: '姓名、工号或窗口号' },
    {
      ...{ key: 'kind', label: '投诉类型', type: 'cascade', required: 'always' },
      options: [
        ...['服务用语', '服务态度', '行为举止'].map((each) => ['服务言行', each]),
        ...['业务不熟', '办理超期', '首问责任', '办税流程', '系统功能'].map((each) => ['服务质效', each]),
        ...['泄露信息', '指定服务', '违规收费', '其他'].map((each) => ['侵害权益', each]),
      ],
    },
    { key: 'occurred_at', label: '发生时间', type: 'datetime', width: 'half', required: 'always' },
    { key: 'place', label: '发生地点', type: 'text', width: 'half', required: 'always' },
    { key: 'demand', label: '诉求', type: 'textarea', required: 'always' },
    proof,
  ),
  report: form(
    { key: 'name', label: '被举报人名称', type: 'text', width: 'half', required: 'always' },
    creditCode,
    { key: 'address', label: '地址', type: 'text', maxLength: 200 },
    {
      ...{ key: 'violation', label: '违法类型', type: 'cascade', required: 'always' },
      options: [
        ['偷税', '隐匿收入'],
        ['偷税', '虚列支出'],
        ['偷税', '虚假申报'],
        ['骗税', '骗取出口退税'],
        ['骗税', '骗取增值税留抵退税'],
        ['发票违法', '虚开发票'],
        ['发票违法', '未按规定开具发票'],
        ['发票违法', '伪造、变造发票'],
        ['逃避追缴欠税'],
        ['其他'],
      ],
    },
    { key: 'clue', label: '违法线索', type: 'textarea', maxLength: 5_000, required: 'always' },
    proof,
    // Whether the caller wants to be known stands beside their name in every registration.
    {
      ...{ key: 'reward', label: '奖励意愿', type: 'choice', options: ['申请奖励', '不申请'], width: 'half' },
      help: '匿名举报不申请奖励，可不选',
    },
  ),
  transferred: form(
    { key: 'document_number', label: '来文编号', type: 'text', width: 'half', required: 'always' },
    { key: 'transferred_by', label: '转办单位', type: 'text', width: 'half', required: 'always' },
    { key: 'due', label: '办理时限', type: 'datetime', width: 'half', required: 'always' },
    { key: 'reply_by', label: '反馈方式', type: 'choice', options: ['平台反馈', '书面反馈'], width: 'half' },
    { key: 'original', label: '来文', type: 'attachment' },
  ),
};
