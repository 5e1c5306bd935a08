import type { AnswerContent } from '@rexian/contracts';

/** What an entry of the audit log is about. `id` null: an answer that isn't there yet. */
export const aboutAnswer = (id: string | null, { question }: Pick<AnswerContent, 'question'>, unitId: string) => ({
  subject: { kind: 'answer' as const, id, name: question },
  unitId,
});
