/** What calls are about, as agents choose it: the province's list, handed down to all centres. */
import type { WorkOrderKind, WorkOrderUrgency } from '@rexian/contracts';
import type { Queryable } from '../platform/db.ts';
import { newId } from '../platform/ids.ts';

/** Orders of the other categories begin as 咨询. */
interface Seeded {
  name: string;
  orderKind?: WorkOrderKind;
  urgency?: WorkOrderUrgency;
}

const CATEGORIES: Record<string, (string | Seeded)[]> = {
  增值税: ['纳税申报', '发票开具', '留抵退税', '小规模纳税人优惠'],
  企业所得税: ['预缴申报', '汇算清缴', '税收优惠'],
  个人所得税: ['综合所得汇算', '专项附加扣除', '扣缴申报'],
  社保费: ['城乡居民参保缴费', '企业职工缴费', '灵活就业缴费', { name: '缴费查询', orderKind: 'inquiry' }],
  发票管理: ['发票领用', '数电发票', { name: '发票查验', orderKind: 'inquiry' }],
  电子税务局: ['登录与实名认证', '系统操作', { name: '系统故障', urgency: 'urgent' }],
  办税服务: ['办税地点与时间', '预约办税', '证明开具'],
  投诉举报: [
    { name: '服务投诉', orderKind: 'complaint' },
    { name: '涉税举报', orderKind: 'report' },
    { name: '意见建议', orderKind: 'suggestion' },
  ],
};

export async function seedCategories(db: Queryable, unitId: string): Promise<void> {
  const code = (...places: number[]) => places.map((place) => String(place + 1).padStart(2, '0')).join('');
  const parents = Object.keys(CATEGORIES).map((name, position) => {
    return { id: newId(), unit_id: unitId, parent_id: null, name, position, code: code(position) };
  });
  const children = parents.flatMap((parent) =>
    (CATEGORIES[parent.name] ?? []).map((each, position) => {
      const { name, orderKind = 'consultation', urgency = null } = typeof each === 'string' ? { name: each } : each;
      return {
        ...{ id: newId(), unit_id: unitId, parent_id: parent.id, name, position },
        ...{ code: code(parent.position, position), order_kind: orderKind, urgency },
      };
    }),
  );
  await db.insertInto('categories').values(parents).execute();
  await db.insertInto('categories').values(children).execute();
}
