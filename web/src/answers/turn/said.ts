import type { AnswerTurn } from '@rexian/contracts';

export type Asked = Exclude<AnswerTurn, { answer: string }>;

/** The choice that somebody means by what they say: the word of it that is the longest in their sentence; null: none. */
export function choiceMeant({ choices }: Asked, said: string): string | null {
  const heard = plain(said);
  const words = choices
    .flatMap(({ choice, synonyms }) => [choice, ...synonyms].map((word) => ({ choice, word: plain(word) })))
    .filter(({ word }) => word !== '' && heard.includes(word));
  return words.sort((a, b) => b.word.length - a.word.length)[0]?.choice ?? null;
}

/** Without what is typed or left out at will. */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{P}]/gu, '');
