import { type Article, documentParagraphs } from '@rexian/contracts';

type Said = Pick<Article, 'content'>;

/** What an article answers in short: its summary, or else how it begins. */
export const shortOf = ({ content: { summary, body } }: Said): string => summary || (documentParagraphs(body)[0] ?? '');

/** What an article rests on: the source it names, or else its title. */
export const basisOf = ({ content: { source, title } }: Said): string => source || `《${title}》`;
