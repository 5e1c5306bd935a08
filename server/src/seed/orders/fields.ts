/** What the demo's registration forms ask for (`orderFormTemplates`). */
import type { Registration, WorkOrderKind } from '@rexian/contracts';

const DAY_MS = 86_400_000;

interface Asked {
  at: Date;
  content: string;
  reference: string;
  /** The unit that it is about. */
  unit: string;
}

export function fieldsOf(kind: WorkOrderKind, { at, content, reference, unit }: Asked): Registration['fields'] {
  switch (kind) {
    case 'inquiry':
      return { tax_number: '91450100MADEMO0001', taxpayer: '示例商贸有限公司', subject: '缴费记录' };
    case 'complaint': {
      const occurred_at = new Date(at.getTime() - DAY_MS).toISOString();
      const told = { against: unit, kind: ['服务言行', '服务态度'], place: '办税服务厅', demand: content };
      return { ...told, occurred_at };
    }
    case 'report': {
      const reported = { name: '示例餐饮店', violation: ['发票违法', '未按规定开具发票'], clue: content };
      return { ...reported, reward: '不申请' };
    }
    case 'transferred': {
      const sent = { document_number: reference, transferred_by: '12345热线', reply_by: '平台反馈' };
      return { ...sent, due: new Date(at.getTime() + 7 * DAY_MS).toISOString() };
    }
    default:
      return {};
  }
}
