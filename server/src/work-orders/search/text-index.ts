/**
 * How texts in Chinese are found by any part of them: a text is stored folded, and beside it go its pairs of neighbouring characters
 * (bigrams), which a GIN index holds. Whatever has all pairs of the parts looked for is compared with them.
 */

import { type RawBuilder, sql } from 'kysely';

/** Between texts that are stored as one; folded texts contain none. */
const SEPARATOR = '\n';

/**
 * As texts are compared: full and half width, upper and lower case, compatible and composed forms are the same (Unicode's NFKD), so is any
 * white space; what can't be seen is left out. Not NFKC: that joins a mark to whatever stands before it, and a part would no longer be
 * a part of the whole.
 */
export const folded = (text: string): string =>
  text
    .replace(/\p{Cf}/gu, '')
    .normalize('NFKD')
    .toLowerCase()
    // Greek is lowered by where in the word it stands.
    .replaceAll('ς', 'σ')
    .replace(/\s+/g, ' ');

/** Several texts as the one that is stored and searched. No part is found across two of them. */
export const joined = (texts: readonly string[]): string => texts.map(folded).join(SEPARATOR);

/** What Unicode calls format characters, as far as people come across them. */
const UNSEEN = Array.from({ length: 0x1_00_00 }, (_, code) => String.fromCharCode(code))
  .filter((character) => /\p{Cf}/u.test(character))
  .join('');

/**
 * The same as `joined`, of columns and in SQL, for lists that are too short to have an index. White space stays as it is: no word that is
 * looked for contains any.
 */
export const joinedColumns = (columns: readonly string[]): RawBuilder<string> => {
  const texts = columns.map(
    (column) => sql`replace(lower(normalize(translate(${sql.ref(column)}, ${UNSEEN}, ''), nfkd)), 'ς', 'σ')`,
  );
  return sql<string>`concat_ws(${SEPARATOR}, ${sql.join(texts)})`;
};

/** The bigrams of a folded text, each once: two UTF-16 code units in a signed 32-bit integer, as the column `grams` holds them. */
export function gramsOf(text: string): number[] {
  const grams = new Set<number>();
  for (let at = 1; at < text.length; at += 1) {
    const [left, right] = [text.charCodeAt(at - 1), text.charCodeAt(at)];
    if (left !== SEPARATOR_CODE && right !== SEPARATOR_CODE) grams.add((left << 16) | right);
  }
  return [...grams];
}
const SEPARATOR_CODE = SEPARATOR.charCodeAt(0);

/** Words looked for together, and the bigrams of them all. */
export interface Wanted {
  parts: string[];
  grams: number[];
}

/** What to look for: texts in which each word of `words` is found. null: no word has two characters, which every text may have. */
export function wanted(words: string): Wanted | null {
  const parts = folded(words).trim().split(' ');
  const grams = [...new Set(parts.flatMap(gramsOf))];
  return grams.length === 0 ? null : { parts, grams };
}
