/** What is known of a caller when a registration opens, and orders that may be about the same. */
import type { Registration, SimilarOrder } from '@rexian/contracts';
import { type RawBuilder, sql } from 'kysely';
import { reachableUnits, unitJson } from '../../centres/reach.ts';
import { ANONYMOUS, openNumber } from '../../contacts/caller-number.ts';
import { regionOf } from '../../contacts/regions.ts';
import { contactScope } from '../../contacts/scope.ts';
import { refusal } from '../../platform/errors.ts';
import { maskNumber } from '../../platform/masking.ts';
import type { OrderReader } from '../record/reader.ts';
import { openTexts, type StoredTexts, textColumns } from '../record/texts.ts';
import { folded, gramsOf } from '../search/text-index.ts';

interface CallFacts {
  unitId: string;
  source: Registration['source'];
  number: Buffer | null;
  index: Buffer | null;
  name: Buffer | null;
  nameIndex: Buffer | null;
  taxIndex: Buffer | null;
  company: string;
  categoryId: string | null;
  orderId: string | null;
}

/** The call, what the centre knows of whoever calls, and the order that was made of it. Throws NOT_FOUND. */
async function callFacts({ db, caller }: OrderReader, contactId: string): Promise<CallFacts> {
  const { rows } = await sql<CallFacts>`
    select c.unit_id as "unitId", case c.origin when 'province_transfer' then 'province_transfer' when 'city_transfer' then 'city_transfer'
        when 'outbound' then 'outbound' when 'callback' then 'outbound' else 'direct' end as source,
      c.caller_sealed as number, c.caller_index as index, k.name_sealed as name, k.name_index as "nameIndex",
      k.tax_number_index as "taxIndex", coalesce(k.company, '') as company, c.category_id as "categoryId",
      (select w.id from work_orders w where w.contact_id = c.id and w.state <> 'void' order by w.id desc limit 1) as "orderId"
    from contacts c left join customers k on k.number_index = c.caller_index and k.unit_id = (
        select centre.id from units u join units centre on centre.path @> u.path and centre.kind = 'centre'
        where u.id = c.unit_id order by nlevel(centre.path) desc limit 1)
    where c.id = ${contactId} and ${contactScope(caller)}`.execute(db);
  if (!rows[0]) throw refusal('NOT_FOUND', '没有找到通话');
  return rows[0];
}

const BLANK = {
  ...{
    kind: 'consultation' as const,
    urgency: 'normal' as const,
    anonymous: false,
    taxName: '',
    title: '',
    content: '',
    answer: '',
  },
  ...{ tags: [], fields: {}, fileIds: [], occurredAt: null, reference: '', parentId: null },
};

export async function prefill(reader: OrderReader, contactId: string | null) {
  const { vault, caller } = reader;
  const unknown = { callerNumber: null, callerName: null, taxNumber: null };
  if (contactId === null) {
    const registration: Registration = {
      ...{ ...BLANK, unitId: caller.viewer.centre.id, source: 'other', categoryId: null, contactId, region: '' },
      ...{ callerNumber: null, callerName: '', taxNumber: '' },
    };
    return { registration, callerNumber: '', orderId: null };
  }
  const call = await callFacts(reader, contactId);
  const number = openNumber(vault, call.number);
  const registration: Registration = {
    ...{ ...BLANK, unitId: call.unitId, source: call.source, categoryId: call.categoryId, contactId, ...unknown },
    ...{
      callerName: call.name ? vault.open('name', call.name) : '',
      region: number === ANONYMOUS ? '' : await regionOf(reader.db, number),
      taxName: call.company,
    },
  };
  return { registration, callerNumber: maskNumber(number), orderId: call.orderId };
}

const CALLS = 20;

/** Orders and calls of a caller; those of the same name or taxpayer from another number are uncertain. */
export async function ofCaller(reader: OrderReader, contactId: string) {
  const { db, vault, caller, scope } = reader;
  const call = await callFacts(reader, contactId);
  const same = call.index ? sql`w.caller_index = ${call.index}` : sql`false`;
  const maybe = maybeSame(call);
  const { rows } = await sql<
    StoredTexts & Pick<SimilarOrder, 'id' | 'number' | 'state' | 'unit' | 'registeredAt'> & { certain: boolean }
  >`
    select w.id, w.number, w.state, ${unitJson('u')} as unit, ${textColumns('w')}, coalesce(w.registered_at, w.created_at) as "registeredAt",
      ${same} as certain
    from work_orders w join units u on u.id = w.unit_id
    where (${same} or ${maybe}) and w.unit_id in (${reachableUnits({ scope })}) and w.state <> 'draft'
    order by w.id desc limit ${CALLS}`.execute(db);
  const contacts = call.index
    ? await sql<{ id: string; arrivedAt: Date; direction: 'inbound' | 'outbound'; category: string | null }>`
        select c.id, c.arrived_at as "arrivedAt", c.direction, g.name as category
        from contacts c left join categories g on g.id = c.category_id
        where c.caller_index = ${call.index} and c.id <> ${contactId} and ${contactScope(caller)} order by c.id desc limit ${CALLS}`.execute(
        db,
      )
    : { rows: [] };
  return {
    orders: rows.map((row) => {
      const { id, number, state, unit, registeredAt, certain } = row;
      return { id, number, state, unit, registeredAt, certain, title: openTexts(vault, row).title };
    }),
    contacts: contacts.rows,
  };
}

const maybeSame = ({ nameIndex, taxIndex }: Pick<CallFacts, 'nameIndex' | 'taxIndex'>): RawBuilder<boolean> => {
  const either = [
    ...(nameIndex ? [sql`w.caller_name_index = ${nameIndex}`] : []),
    ...(taxIndex ? [sql`w.tax_index = ${taxIndex}`] : []),
  ];
  return either.length > 0 ? sql<boolean>`(${sql.join(either, sql` or `)})` : sql<boolean>`false`;
};

export interface Likely {
  id: string;
  unitId: string;
  contactId: string | null;
  callerNumber: string | null;
  taxNumber: string;
  content: string;
}

const DAYS = 30;
const ALIKE = 0.5;
/** So many of the unit's newest orders are compared with what is written. */
const LOOKED_AT = 300;

/** Of the last 30 days: those of the caller or taxpayer, and those with half of the words. The most alike first. */
export async function similarOrders(
  reader: OrderReader,
  { id, unitId, contactId, callerNumber, taxNumber, content }: Likely,
): Promise<SimilarOrder[]> {
  const { db, vault, scope } = reader;
  const call = contactId ? await callFacts(reader, contactId) : null;
  // What isn't said again is as it was kept.
  const { rows: kept } = await sql<{ caller: Buffer | null; tax: Buffer | null }>`
    select caller_index as caller, tax_index as tax from work_orders where id = ${id}`.execute(db);
  const known = call?.index ?? kept[0]?.caller;
  const indexes = callerNumber ? vault.indexes('number', callerNumber) : callerNumber === null && known ? [known] : [];
  const knownTax = kept[0]?.tax;
  const taxes = taxNumber ? vault.indexes('tax_number', taxNumber.toUpperCase()) : knownTax ? [knownTax] : [];
  const grams = new Set(gramsOf(folded(content)));
  const { rows } = await sql<
    StoredTexts & Omit<SimilarOrder, 'title' | 'by' | 'likeness'> & { isCaller: boolean; isTaxpayer: boolean }
  >`
    select w.id, w.number, w.kind, w.state, ${unitJson('u')} as unit, ${textColumns('w')},
      coalesce(w.registered_at, w.created_at) as "registeredAt",
      coalesce(w.caller_index = any(${indexes}::bytea[]), false) as "isCaller", coalesce(w.tax_index = any(${taxes}::bytea[]), false) as "isTaxpayer"
    from work_orders w join units u on u.id = w.unit_id
    where w.id <> ${id} and w.created_at > now() - make_interval(days => ${DAYS}) and w.state not in ('draft', 'void')
      and w.unit_id in (${reachableUnits({ scope })}) and (w.caller_index = any(${indexes}::bytea[]) or w.tax_index = any(${taxes}::bytea[])
        or w.id in (select r.id from work_orders r where r.unit_id = ${unitId} and r.confidential is null order by r.id desc limit ${LOOKED_AT}))
    order by w.id desc limit ${LOOKED_AT + 50}`.execute(db);
  return rows
    .map((row): SimilarOrder => {
      const { id, number, kind, state, unit, registeredAt, isCaller, isTaxpayer } = row;
      const texts = openTexts(vault, row);
      const by = isCaller ? 'caller' : isTaxpayer ? 'maybe_caller' : 'text';
      return {
        id,
        number,
        kind,
        state,
        unit,
        registeredAt,
        by,
        title: texts.title,
        likeness: likeness(grams, texts.content),
      };
    })
    .filter(({ by, likeness }) => by !== 'text' || likeness >= ALIKE)
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, 10);
}

/** Dice's coefficient of the bigrams. */
function likeness(grams: ReadonlySet<number>, text: string): number {
  const other = new Set(gramsOf(folded(text)));
  if (grams.size === 0 || other.size === 0) return 0;
  const both = [...grams].filter((gram) => other.has(gram)).length;
  return (2 * both) / (grams.size + other.size);
}
