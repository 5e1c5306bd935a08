/** What people edit as a draft by revision and publish in versions: the columns of `flows` and `workflows` that are alike. */
import { refusal } from './errors.ts';

/** A row as it is stored. */
export interface Drafted {
  /** Of the document that is edited: the draft, else what is published. */
  revision: number;
  draftAt: Date | null;
  draftBy: string | null;
  version: number | null;
  publishedAt: Date | null;
  publishedBy: string | null;
}

/** Throws CHANGED when somebody has saved since `revision`. `thing`: what people call it. */
export function refuseChanged({ revision: now, draftBy, publishedBy }: Drafted, revision: number, thing: string): void {
  if (now === revision) return;
  const who = draftBy ?? publishedBy;
  throw refusal('CHANGED', `${thing}已被${who ? `“${who}”` : '他人'}修改，请载入最新内容后重试`);
}

export const draftColumns = (by: string, draft: string) => ({ draft, draft_at: new Date(), draft_by: by });

/** What is edited is another document from now on, so it counts as a change. */
export const withoutDraft = ({ revision }: Pick<Drafted, 'revision'>) => ({
  ...{ draft: null, draft_at: null, draft_by: null },
  draft_revision: revision + 1,
});

/** As answers show it. */
export const draftShown = ({ draftAt, draftBy, revision }: Drafted) =>
  draftAt && { revision, at: draftAt, by: draftBy ?? '' };

export const publishedShown = ({ version, publishedAt, publishedBy }: Drafted) =>
  version !== null && publishedAt ? { version, at: publishedAt, by: publishedBy ?? '' } : null;
