/** What an answer consists of, as rows keep it, and whether it fits the unit that is to have it. */
import { type AnswerContent, answersOf, readableArticleStates } from '@rexian/contracts';
import { type RawBuilder, sql } from 'kysely';
import type { Reader } from '../knowledge/libraries.ts';
import { dayName } from '../platform/clock.ts';
import { refusal } from '../platform/errors.ts';

/** The columns of an answer that hold what it says. */
export function columnsOf(content: AnswerContent) {
  const { libraryId, categoryId, question, phrasings, turn, articleId, tags, sharing, replacesId } = content;
  const texts = answersOf(turn).map(({ answer }) => answer);
  return {
    ...{
      library_id: libraryId,
      category_id: categoryId,
      question,
      phrasings,
      turn: JSON.stringify(turn),
      tags,
      sharing,
    },
    ...{ answer_text: texts.join('\n'), article_id: articleId, replaces_id: replacesId },
    ...{ valid_from: content.validFrom, valid_to: content.validTo },
  };
}

/** Each phrasing and tag once, and the question not among its phrasings. */
export const tidied = (content: AnswerContent): AnswerContent => ({
  ...content,
  phrasings: [...new Set(content.phrasings)].filter((each) => each !== content.question),
  tags: [...new Set(content.tags)],
});

/** Nobody would read it. */
export const isPast = ({ validTo }: Pick<AnswerContent, 'validTo'>): boolean =>
  validTo !== null && validTo < dayName(new Date());

/** Whose answer it is to be: `answerId` null for a new one. */
export interface Place {
  unitId: string;
  answerId: string | null;
}

/** Throws NOT_FOUND, REFUSED. */
export async function requireFitting(reader: Reader, place: Place, content: AnswerContent): Promise<void> {
  if (isPast(content)) throw refusal('REFUSED', '有效期已过，请先修改有效期');
  await requireCategory(reader, place, content);
  if (content.articleId) await requireArticle(reader, place, content);
  if (content.replacesId) await requireReplaceable(reader, place, content.replacesId);
}

/** The category is of the library, which is the unit's or of one above. */
async function requireCategory(
  { db }: Reader,
  { unitId }: Place,
  { libraryId, categoryId }: AnswerContent,
): Promise<void> {
  const { rows } = await sql`select from knowledge_libraries l join knowledge_categories k on k.library_id = l.id
      join units lu on lu.id = l.unit_id join units u on lu.path @> u.path
    where l.id = ${libraryId} and k.id = ${categoryId} and u.id = ${unitId}`.execute(db);
  if (!rows[0]) throw refusal('NOT_FOUND', '没有找到所选知识库或目录');
}

/** Whoever reads the answer is to be able to read the article that says more. Throws NOT_FOUND, REFUSED. */
export async function requireArticle(
  { db }: Reader,
  { unitId }: Pick<Place, 'unitId'>,
  { articleId, libraryId, sharing }: Pick<AnswerContent, 'articleId' | 'libraryId' | 'sharing'>,
): Promise<void> {
  const reaches: Record<AnswerContent['sharing'], RawBuilder<unknown>> = {
    subtree: sql`(a.sharing in ('all', 'public') or au.path @> u.path)`,
    all: sql`a.sharing in ('all', 'public')`,
    public: sql`a.sharing = 'public'`,
  };
  const { rows } = await sql<{ reached: boolean }>`select ${reaches[sharing]} and a.role_ids = '{}'
      and (al.role_ids = '{}' or l.role_ids <> '{}' and l.role_ids <@ al.role_ids) as reached
    from knowledge_articles a join units au on au.id = a.unit_id join knowledge_libraries al on al.id = a.library_id,
      units u, knowledge_libraries l
    where a.id = ${articleId} and a.state = any(${[...readableArticleStates]}::text[]) and u.id = ${unitId}
      and l.id = ${libraryId}`.execute(db);
  if (!rows[0]) throw refusal('NOT_FOUND', '没有找到关联知识，或其尚未发布');
  if (!rows[0].reached) throw refusal('REFUSED', '关联知识的可见范围小于问答，请另选知识或调整问答的共享范围');
}

/** An answer of a unit above, which replaces none itself; of each, a unit has one in its place. */
async function requireReplaceable({ db, all }: Reader, { unitId, answerId }: Place, replacesId: string): Promise<void> {
  // What it has replaced so far it may go on replacing, in use or not.
  const seen = await sql`select from answers where id = ${replacesId}`.execute(db);
  const kept = await sql`select from answers where id = ${answerId} and replaces_id = ${replacesId}`.execute(db);
  if (!seen.rows[0] && !kept.rows[0]) throw refusal('NOT_FOUND', '没有找到要替代的问答');
  const { rows } = await sql<{ above: boolean; replaces: boolean; replaced: boolean; taken: boolean }>`
    select ru.path @> u.path and ru.id <> u.id as above, r.replaces_id is not null as replaces,
      exists (select from answers b where b.replaces_id = ${answerId}) as replaced,
      exists (select from answers b where b.unit_id = u.id and b.replaces_id = r.id and b.id is distinct from ${answerId}::uuid) as taken
    from answers r join units ru on ru.id = r.unit_id, units u where r.id = ${replacesId} and u.id = ${unitId}`.execute(
    all,
  );
  const [found] = rows;
  if (!found?.above) throw refusal('REFUSED', '只能替代上级机构的问答');
  if (found.replaces) throw refusal('REFUSED', '所选问答本身是替代问答，请选择其所替代的问答');
  if (found.replaced) throw refusal('REFUSED', '本问答已被下级机构的问答替代，不能再替代其他问答');
  if (found.taken) throw replacedAlready();
}

export const replacedAlready = () => refusal('REFUSED', '本机构已有问答替代该问答');
