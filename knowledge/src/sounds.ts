/** How text sounds: for words typed by their sound, or heard wrong. */
import { pinyin } from 'pinyin-pro';

/** What many speakers and input methods don't tell apart: zh/z, ch/c, sh/s, -ng/-n, l/n. */
export const soft = (syllable: string): string =>
  syllable
    .replace(/^([zcs])h/, '$1')
    .replace(/ng$/, 'n')
    .replace(/^l/, 'n');

const FIRST = 0x4e00;
const LAST = 0x9fff;

interface Readings {
  usual: readonly string[];
  soft: readonly string[];
  syllables: ReadonlySet<string>;
}

let table: Readings | null = null;

/**
 * The most usual reading of each character (CJK Unified Ideographs): what a phrase makes of it matters less here than time. Working them
 * out takes some tenths of a second, which nobody spends who has no text.
 */
function readings(): Readings {
  if (table) return table;
  const characters = Array.from({ length: LAST - FIRST + 1 }, (_, index) => String.fromCharCode(FIRST + index));
  const usual = pinyin(characters.join(' '), { toneType: 'none', type: 'array', v: true }).filter(
    (reading) => reading.trim() !== '',
  );
  const syllables = new Set(usual.filter((reading) => /^[a-zü]+$/.test(reading)));
  table = { usual, soft: usual.map(soft), syllables };
  return table;
}

const placeOf = (character: string): number => (character.codePointAt(0) ?? 0) - FIRST;

/** A syllable for each character of a run of Chinese characters, softened; a rare character stands for itself. */
export const soundsOf = (characters: readonly string[]): string[] =>
  characters.map((character) => readings().soft[placeOf(character)] ?? character);

/** The usual reading of a Chinese character; null of any other. */
export const readingOf = (character: string): string | null => readings().usual[placeOf(character)] ?? null;

const LONGEST = 6;

/** Letters read as pinyin, softened: `shebao` as she, bao. The fewest syllables win; null when it isn't pinyin. */
export function readPinyin(letters: string): string[] | null {
  const { syllables } = readings();
  const best: (string[] | undefined)[] = [[]];
  for (let at = 0; at < letters.length; at += 1) {
    const before = best[at];
    if (!before) continue;
    for (let length = 1; length <= LONGEST && at + length <= letters.length; length += 1) {
      const syllable = letters.slice(at, at + length);
      if (!syllables.has(syllable)) continue;
      const known = best[at + length];
      if (!known || known.length > before.length + 1) best[at + length] = [...before, syllable];
    }
  }
  return best[letters.length]?.map(soft) ?? null;
}
