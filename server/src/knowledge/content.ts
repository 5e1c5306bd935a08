/** What a version consists of, as rows keep it, and whether it fits the article that it is for. */
import { type ArticleContent, documentRefs, documentText } from '@rexian/contracts';
import { sql } from 'kysely';
import { bindArticleFiles } from '../files/service.ts';
import { dayName } from '../platform/clock.ts';
import { refusal } from '../platform/errors.ts';
import { type Reader, requireRoles } from './libraries.ts';

/** The columns of an article that hold what is read. */
export function columnsOf(content: ArticleContent) {
  const { libraryId, categoryId, title, summary, body, tags, regions, source, sharing, roleIds, fileIds } = content;
  const { imageIds, linkIds } = documentRefs(body);
  return {
    ...{ library_id: libraryId, category_id: categoryId, title, summary, tags, regions, source, sharing },
    ...{ body: JSON.stringify(body), body_text: documentText(body) },
    ...{ valid_from: content.validFrom, valid_to: content.validTo, review_on: content.reviewOn },
    ...{ role_ids: roleIds, file_ids: fileIds, image_ids: imageIds, link_ids: linkIds },
  };
}

/** Each tag, region, role and file once. */
export const tidied = (content: ArticleContent): ArticleContent => ({
  ...content,
  tags: [...new Set(content.tags)],
  regions: [...new Set(content.regions)],
  roleIds: [...new Set(content.roleIds)],
  fileIds: [...new Set(content.fileIds)],
});

/** Throws NOT_FOUND: the category is of the library, which is the unit's or of one above, and who may read it are roles in sight. */
export async function requirePlace(
  { db }: Reader,
  unitId: string,
  { libraryId, categoryId, roleIds }: ArticleContent,
): Promise<{ reviewSteps: 1 | 2 }> {
  const { rows } = await sql<{ reviewSteps: 1 | 2 }>`select l.review_steps as "reviewSteps"
    from knowledge_libraries l join knowledge_categories k on k.library_id = l.id join units lu on lu.id = l.unit_id
      join units u on lu.path @> u.path
    where l.id = ${libraryId} and k.id = ${categoryId} and u.id = ${unitId}`.execute(db);
  if (!rows[0]) throw refusal('NOT_FOUND', '没有找到所选知识库或目录');
  await requireRoles(db, roleIds);
  return rows[0];
}

/** Gives the article its attachments and pictures. Throws REFUSED for files that are neither the writer's nor the article's. */
export async function bindContent({ db, caller }: Reader, articleId: string, content: ArticleContent): Promise<void> {
  const fileIds = [...new Set([...content.fileIds, ...documentRefs(content.body).imageIds])];
  if (fileIds.length > 0) await bindArticleFiles(db, { articleId, fileIds, by: caller.viewer.id });
}

/** Throws REFUSED for what nobody would read, or what leads nowhere. */
export async function requireReadable({ db }: Reader, content: ArticleContent): Promise<void> {
  if (content.validTo && content.validTo < dayName(new Date())) throw refusal('REFUSED', '有效期已过，请先修改有效期');
  if (documentText(content.body) === '') throw refusal('REFUSED', '请填写正文');
  const { linkIds } = documentRefs(content.body);
  if (linkIds.length === 0) return;
  const { rows } = await sql`select from knowledge_articles where id = any(${linkIds}::uuid[])`.execute(db);
  if (rows.length < linkIds.length) throw refusal('REFUSED', '正文中有链接指向的知识不存在');
}
