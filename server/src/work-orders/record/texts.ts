/** What is written in a work order: in columns, where it can be searched, or sealed as a whole. */
import { type FieldValues, fieldValues } from '@rexian/contracts';
import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { Vault } from '../../platform/vault.ts';

export interface OrderTexts {
  title: string;
  content: string;
  answer: string;
  /** Values of the registration form by key. */
  fields: FieldValues;
}

/** As `textColumns` reads it. */
export interface StoredTexts extends OrderTexts {
  textsSealed: Buffer | null;
}

/** What an order is called that nobody has named. */
export const titleOf = ({ title, content }: Pick<OrderTexts, 'title' | 'content'>): string =>
  title || content.slice(0, 40);

const sealed = z.object({
  title: z.string(),
  content: z.string(),
  answer: z.string().default(''),
  fields: fieldValues.default({}),
});

export const textColumns = (table: string): RawBuilder<unknown> => {
  const column = (name: string) => sql.ref(`${table}.${name}`);
  return sql`${column('title')}, ${column('content')}, ${column('answer')}, ${column('fields')},
    ${column('texts_sealed')} as "textsSealed"`;
};

export function openTexts(vault: Vault, { textsSealed, title, content, answer, fields }: StoredTexts): OrderTexts {
  if (!textsSealed) return { title, content, answer, fields };
  return sealed.parse(JSON.parse(vault.open('work_order', textsSealed)));
}

export const sealTexts = (vault: Vault, texts: Partial<OrderTexts>): Buffer =>
  vault.seal('work_order', JSON.stringify(texts));

/** Columns of the texts: of a confidential order nothing lies open. */
export function storedTexts(vault: Vault, texts: OrderTexts, confidential: boolean) {
  if (!confidential) return { ...texts, fields: JSON.stringify(texts.fields), texts_sealed: null };
  return { title: '', content: '', answer: '', fields: '{}', texts_sealed: sealTexts(vault, texts) };
}

/** Words beside an order (a request, an urge): in columns of their names, or sealed as a whole when the order is confidential. */
export function wordColumns<Name extends string>(
  vault: Vault,
  words: Record<Name, string>,
  confidential: boolean,
): Record<Name, string> & { texts_sealed: Buffer | null } {
  if (!confidential) return { ...words, texts_sealed: null };
  const empty = Object.fromEntries(Object.keys(words).map((name) => [name, ''])) as Record<Name, string>;
  return { ...empty, texts_sealed: vault.seal('work_order', JSON.stringify(words)) };
}

const words = z.record(z.string(), z.string());

/** The row with its words open. */
export function openWords<Row extends { texts_sealed: Buffer | null }>(
  vault: Vault,
  row: Row,
): Omit<Row, 'texts_sealed'> {
  const { texts_sealed: sealed, ...open } = row;
  return sealed ? { ...open, ...words.parse(JSON.parse(vault.open('work_order', sealed))) } : open;
}
