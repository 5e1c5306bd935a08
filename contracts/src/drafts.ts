/** What people edit as a draft and publish in versions: flows, workflows and articles. */
import { z } from 'zod';
import { id, text } from './common.ts';

/** Counts saves, publications and whatever else changes the document that is edited; a save says which one it was made from. */
export const revision = z.number().int().min(0).max(2_000_000_000);
export const version = z.number().int().min(1).max(2_000_000_000);
export const publishingNote = text(200);

/** What holds now; null: nothing yet. */
export const published = z.object({ version, at: z.date(), by: z.string() }).nullable();
/** Changes that don't hold yet. */
export const draft = z.object({ revision, at: z.date(), by: z.string() }).nullable();

export const publication = z.object({
  version,
  publishedAt: z.date(),
  publishedBy: z.string(),
  note: z.string(),
  /** The version whose content it brought back. */
  restoredFrom: version.nullable(),
});
export type Publication = z.infer<typeof publication>;

/** Somebody who has the document open in its editor. */
export const openEditor = z.object({ name: z.string(), since: z.date(), mine: z.boolean() });
export type OpenEditor = z.infer<typeof openEditor>;

/** `client`: made by the page. */
export const presenceSign = z.object({ id, client: z.uuid(), leaving: z.boolean().default(false) });
export const presence = z.object({
  editors: z.array(openEditor),
  revision,
  /** Whose draft that is; null: it is published. */
  draftBy: z.string().nullable(),
});
export type Presence = z.infer<typeof presence>;
