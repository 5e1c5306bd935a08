/** What people have typed into a part and not sent on: each their own, as several may look at what nobody has signed for; sealed together. */
import { z } from 'zod';
import type { Vault } from '../../platform/vault.ts';

const draft = z.object({ opinion: z.string(), answer: z.string() });
export type Draft = z.infer<typeof draft>;
const drafts = z.record(z.uuid(), draft);

/** By person's id. */
export const openDrafts = (vault: Vault, sealed: Buffer | null): Record<string, Draft> =>
  sealed ? drafts.parse(JSON.parse(vault.open('work_order', sealed))) : {};

export const sealDrafts = (vault: Vault, typed: Record<string, Draft>): Buffer =>
  vault.seal('work_order', JSON.stringify(typed));
