import type { ArticleState, ArticleSummary, FeedbackKind, FeedbackState } from '@rexian/contracts';
import type { Tone } from '../platform/status.ts';

export const articleTone: Record<ArticleState, Tone> = {
  draft: 'not-ready',
  in_review: 'waiting',
  published: 'ready',
  revising: 'talking',
  revision_in_review: 'wrap-up',
  expired: 'quiet',
  withdrawn: 'quiet',
};

export const feedbackTone: Record<FeedbackState, Tone> = { open: 'waiting', done: 'ready', refused: 'quiet' };
export const feedbackKindTone: Record<FeedbackKind, Tone> = { wrong: 'fault', missing: 'not-ready', outdated: 'quiet' };

type Valid = Pick<ArticleSummary, 'validFrom' | 'validTo'>;

/** `2026-01-01 至 2027-12-31`, `2026-01-01 起`, 长期. */
export function validityWords({ validFrom, validTo }: Valid): string {
  if (validFrom && validTo) return `${validFrom} 至 ${validTo}`;
  if (validFrom) return `${validFrom} 起`;
  return validTo ? `至 ${validTo}` : '长期';
}
