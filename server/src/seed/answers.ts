/** The demo's bank of answers: the province's, those of 南宁 that stand in for some of them, and one that waits for review. */
import type { AnswerContent, AnswerTurn } from '@rexian/contracts';
import { sql } from 'kysely';
import { columnsOf } from '../answers/content.ts';
import type { Queryable } from '../platform/db.ts';
import { newId } from '../platform/ids.ts';
import type { DemoPair, Turn } from './knowledge/content.ts';
import { NANNING_ANSWERS, NANNING_PROPOSAL } from './local-answers.ts';
import { NANNING_EDITOR } from './people.ts';

const MINUTE_MS = 60_000;

export type Filed = Pick<DemoPair, 'library' | 'category'>;
export interface Place {
  libraryId: string;
  categoryId: string;
}

interface Filing {
  pairs: readonly DemoPair[];
  placeOf(filed: Filed): Place;
  /** Id by slug. */
  articleOf(slug: string): string;
  now: Date;
}

interface Row {
  id: string;
  unitId: string;
  content: AnswerContent;
  at: Date;
  from: string;
}

export async function seedAnswers(db: Queryable, unitId: string, filing: Filing): Promise<void> {
  const { pairs, placeOf, articleOf, now } = filing;
  const { rows: people } = await sql<{ id: string; unitId: string }>`select id, unit_id as "unitId" from people
    where login = ${NANNING_EDITOR}`.execute(db);
  const [editor] = people;
  if (!editor) throw new Error('the demo has no knowledge editor of 南宁');
  const names = new Map(
    (await db.selectFrom('units').select(['id', 'name']).where('id', 'in', [unitId, editor.unitId]).execute()).map(
      ({ id, name }) => [id, name] as const,
    ),
  );
  const ids = new Map(pairs.map(({ id }) => [id, newId()]));
  const province = pairs.map((pair, i): Row => {
    const { id, question, similar, article } = pair;
    const content = contentOf(placeOf(pair), { question, phrasings: similar, turn: turnOf(pair) });
    return {
      ...{ id: ids.get(id) ?? newId(), unitId, from: names.get(unitId) ?? '' },
      ...{ content: { ...content, articleId: articleOf(article), sharing: 'all' } },
      // One after the other, so that lists have an order.
      at: new Date(now.getTime() - (pairs.length - i + NANNING_ANSWERS.length) * MINUTE_MS),
    };
  });
  const local = NANNING_ANSWERS.map(({ replaces, question, phrasings, answer }, i): Row => {
    const pair = pairs.find(({ id }) => id === replaces);
    if (!pair) throw new Error(`no demo pair ${replaces}`);
    const content = contentOf(placeOf(pair), { question, phrasings, turn: { answer } });
    return {
      ...{ id: newId(), unitId: editor.unitId, from: names.get(editor.unitId) ?? '' },
      content: { ...content, articleId: articleOf(pair.article), replacesId: ids.get(replaces) ?? null },
      at: new Date(now.getTime() - (NANNING_ANSWERS.length - i) * MINUTE_MS),
    };
  });
  await insert(db, [...province, ...local]);
  const { library, category, question, phrasings, answer, note } = NANNING_PROPOSAL;
  const proposed = contentOf(placeOf({ library, category }), { question, phrasings, turn: { answer } });
  await db
    .insertInto('answer_proposals')
    .values({
      ...{
        id: newId(now.getTime()),
        answer_id: null,
        unit_id: unitId,
        from_unit_id: editor.unitId,
        base: null,
        note,
        at: now,
      },
      ...{ content: JSON.stringify({ ...proposed, sharing: 'all' }), by_person: editor.id },
      ...{ decided_by: null, decided_at: null },
    })
    .execute();
}

async function insert(db: Queryable, rows: readonly Row[]): Promise<void> {
  await db
    .insertInto('answers')
    .values(
      rows.map(({ id, unitId, content, at }) => ({
        ...{ id, unit_id: unitId, ...columnsOf(content), version: 1, changed_at: at },
      })),
    )
    .execute();
  await db
    .insertInto('answer_versions')
    .values(
      rows.map(({ id, content, at, from }) => ({
        ...{ answer_id: id, version: 1, content: JSON.stringify(content), at, by: '系统', from_unit: from },
      })),
    )
    .execute();
}

const contentOf = (place: Place, said: Pick<AnswerContent, 'question' | 'phrasings' | 'turn'>): AnswerContent => ({
  ...{
    ...place,
    ...said,
    articleId: null,
    tags: [],
    validFrom: null,
    validTo: null,
    sharing: 'subtree',
    replacesId: null,
  },
});

export function turnOf(turn: Turn): AnswerTurn {
  if ('answer' in turn) return { answer: turn.answer };
  const { ask, slot, choices } = turn;
  return { ask, slot, choices: choices.map((each) => ({ choice: each.choice, synonyms: [], next: turnOf(each) })) };
}
