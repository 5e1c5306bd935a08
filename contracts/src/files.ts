/** 附件: files that people attach to work orders and articles. Uploaded and downloaded as plain bytes at `FILES_PATH`; here is what is known of them. */
import { z } from 'zod';
import { errorCodes, id } from './common.ts';
import { route } from './route.ts';
import { knowledgeReaders, type Permission } from './states/people.ts';

/** Largest file that is taken. */
export const FILE_MAX_BYTES = 50_000_000;
/** Longest name, in characters. */
export const FILE_NAME_MAX = 200;
/** How names of files that are taken end. What is in them is looked at as well. */
export const FILE_ENDINGS = [
  ...['pdf', 'doc', 'docx', 'xls', 'xlsx', 'ppt', 'pptx', 'txt', 'csv'],
  ...['jpg', 'jpeg', 'png', 'gif', 'webp', 'zip', 'mp3', 'wav', 'm4a', 'mp4'],
] as const;

export const storedFile = z.object({
  id,
  name: z.string(),
  /** As its content says, `image/png`. */
  mediaType: z.string(),
  bytes: z.number().int().min(0),
  /** Name of whoever uploaded it, or of the platform that it came from. */
  uploadedBy: z.string(),
  fromPlatform: z.boolean(),
  uploadedAt: z.date(),
  /** Bound to an order, which may let it go, or to an article. */
  bound: z.boolean(),
});
export type StoredFile = z.infer<typeof storedFile>;

/** Whoever deals with what files are attached to. */
export const fileUsers = [
  'work_orders.read',
  'work_orders.register',
  'work_orders.handle',
  ...knowledgeReaders,
] as const satisfies readonly Permission[];
const shared = { tag: 'files', by: 'person' } as const;

export const files = {
  /** Those of them that the viewer may see, in the order asked for. */
  get: route(fileUsers, { method: 'GET', path: '/files', summary: '附件信息', ...shared })
    .input(z.object({ ids: z.array(id).min(1).max(100) }))
    .output(z.array(storedFile)),
  /** One's own, while it belongs to nothing; nobody else has seen it, so it leaves no trace. */
  remove: route(fileUsers, { method: 'DELETE', path: '/files/{id}', summary: '删除附件', ...shared, trace: 'none' })
    .errors({ NOT_FOUND: errorCodes.NOT_FOUND })
    .input(z.object({ id }))
    .output(z.object({})),
};
