/** What of an order is told to another platform. */
import { type HandedOrder, type HandlersOpinion, ORDER_TEXT_MAX, phoneNumber } from '@rexian/contracts';
import { sql } from 'kysely';
import { dateTime } from '../../platform/clock.ts';
import type { Queryable } from '../../platform/db.ts';
import type { Vault } from '../../platform/vault.ts';
import type { Order } from '../steps/order.ts';
import { shareFiles } from './files.ts';
import type { Link } from './links.ts';

type Caller = Pick<HandedOrder, 'region' | 'taxName' | 'category' | 'occurredAt'> & {
  number: Buffer | null;
  name: Buffer | null;
  tax: Buffer | null;
};

/** `order` as the step leaves it: its row is written later. `link`: by which it goes. */
export async function handedOrder(trx: Queryable, vault: Vault, order: Order, link: Link): Promise<HandedOrder> {
  const { rows } = await sql<Caller>`select w.region, w.tax_name as "taxName", coalesce(g.name, '') as category,
      coalesce(w.occurred_at, w.registered_at, w.created_at) as "occurredAt", w.caller_sealed as number, w.caller_name_sealed as name,
      w.tax_sealed as tax
    from work_orders w left join categories g on g.id = w.category_id where w.id = ${order.id}`.execute(trx);
  const [caller] = rows;
  if (!caller) throw new Error(`order ${order.id} is gone`);
  const { number, kind, urgency, anonymous, texts } = order;
  const { region, taxName, category, occurredAt } = caller;
  return {
    ...{ number, kind, urgency, anonymous, region, taxName, category, occurredAt, dueAt: link.dueAt },
    ...{ title: texts.title, content: texts.content },
    callerNumber: caller.number ? (phoneNumber.safeParse(vault.open('number', caller.number)).data ?? null) : null,
    callerName: caller.name ? vault.open('name', caller.name) : '',
    taxNumber: caller.tax ? vault.open('tax_number', caller.tax) : '',
    opinions: await opinionsOf(trx, vault, order.id),
    files: await shareFiles(trx, link),
  };
}

type Kept = HandlersOpinion & { sealed: Buffer | null };
const MOST = 200;
/** Characters of all together: a message must fit into what the other side takes. */
const MOST_TEXT = 100_000;

/** What handlers wrote, oldest first; the newest of very many. Of what came back from other platforms, that. */
export async function opinionsOf(trx: Queryable, vault: Vault, orderId: string): Promise<HandlersOpinion[]> {
  const { rows } = await sql<Kept>`select left(coalesce(u.name, e.data->>'platform', ''), 100) as unit,
      left(coalesce(p.name, ''), 40) as person, left(coalesce(t.title, ''), 100) as step, e.at,
      left(coalesce(e.data->>'outcome', ''), 40) as outcome, e.text, e.text_sealed as sealed
    from work_order_events e left join units u on u.id = e.unit_id left join people p on p.id = e.person_id
      left join work_order_tasks t on t.id = e.task_id
    where e.order_id = ${orderId} and e.type in ('completed', 'assist_done', 'result_back')
      and (e.text <> '' or e.text_sealed is not null)
    order by e.sequence desc limit ${MOST}`.execute(trx);
  const opinions: HandlersOpinion[] = [];
  let length = 0;
  for (const { unit, person, step, at, outcome, text, sealed } of rows) {
    const said = (sealed ? vault.open('work_order', sealed) : text).slice(0, ORDER_TEXT_MAX);
    length += said.length;
    if (length > MOST_TEXT) break;
    opinions.unshift({ unit, person, step, at, outcome, text: said });
  }
  return opinions;
}

/** As people read them in the trail. */
export const opinionLines = (opinions: readonly HandlersOpinion[]): string =>
  opinions
    .map(({ unit, person, step, at, outcome, text }) =>
      [
        `${[unit, person].filter(Boolean).join(' ')}（${[step, outcome].filter(Boolean).join('，')}）${dateTime(at)}`,
        text,
      ].join('\n'),
    )
    .join('\n');
