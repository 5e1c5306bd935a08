/** Whom a short message about an order goes to, and what it can say. */
import type { SmsValues } from '@rexian/contracts';
import { sql } from 'kysely';
import { momentOf } from '../../platform/clock.ts';
import type { Queryable } from '../../platform/db.ts';
import { refusal } from '../../platform/errors.ts';
import type { Vault } from '../../platform/vault.ts';
import type { Addressee } from '../../sms/outbox.ts';
import { openTexts, type StoredTexts, textColumns } from './texts.ts';

interface Row extends StoredTexts {
  unitId: string;
  contactId: string | null;
  caller: Buffer | null;
  name: Buffer | null;
  anonymous: boolean;
  number: string;
  category: string | null;
  unitName: string;
  centreName: string | null;
  dueAt: Date | null;
  at: Date;
  outcome: string;
}

/** What `db` doesn't show isn't there: throws NOT_FOUND. Names of units out of its sight are left out. */
export async function orderAddressee(db: Queryable, vault: Vault, orderId: string): Promise<Addressee> {
  const { rows } = await sql<Row>`
    select w.unit_id as "unitId", w.contact_id as "contactId", w.caller_sealed as caller, w.caller_name_sealed as name, w.anonymous,
      w.number, g.name as category, w.due_at as "dueAt", coalesce(w.registered_at, w.created_at) as at, w.outcome, ${textColumns('w')},
      -- Whoever has it, or had it last.
      coalesce((select tu.name from work_order_tasks t join units tu on tu.id = t.unit_id
        where t.order_id = w.id and t.kind = 'lead' order by t.done_at desc nulls first, t.id desc limit 1), u.name) as "unitName",
      (select centre.name from units centre where centre.path @> u.path and centre.kind = 'centre'
        order by nlevel(centre.path) desc limit 1) as "centreName"
    from work_orders w left join units u on u.id = w.unit_id left join categories g on g.id = w.category_id
    where w.id = ${orderId}`.execute(db);
  const [row] = rows;
  if (!row) throw refusal('NOT_FOUND', '没有找到工单');
  const { unitId, contactId, caller, name, anonymous, number, category, unitName, centreName, dueAt, at, outcome } =
    row;
  const values: SmsValues = {
    姓名: name && !anonymous ? vault.open('name', name) : '纳税人',
    工单编号: number,
    受理时间: momentOf(at),
    业务类别: category ?? '',
    办理单位: unitName ?? '',
    中心名称: centreName ?? '',
    办理时限: dueAt ? momentOf(dueAt) : '',
    办理结果: openTexts(vault, row).answer || outcome,
  };
  return { unitId, contactId, orderId, number: caller && vault.open('number', caller), values };
}
