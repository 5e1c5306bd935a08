/** Each line that is typed or pasted is a phrasing; lists' marks and numbers in front of it are not of it. */
export const phrasingsIn = (text: string): string[] =>
  text
    .split(/[\r\n]+/)
    .map((line) =>
      line
        .trim()
        .replace(/^(?:[-*•·]|\d{1,2}[.、)）])\s*/u, '')
        .trim(),
    )
    .filter((line) => line !== '');

/** Without those that are there, the question among them; told apart without marks and spaces. */
export function added(known: readonly string[], question: string, more: readonly string[]): string[] {
  const seen = new Set([question, ...known].map(plain));
  const fresh: string[] = [];
  for (const each of more) {
    if (seen.has(plain(each))) continue;
    seen.add(plain(each));
    fresh.push(each);
  }
  return [...known, ...fresh];
}

export const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{P}]/gu, '');
