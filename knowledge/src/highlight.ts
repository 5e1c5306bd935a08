/** Where a text says what was asked: by the same characters, a word that means the same, or the same sound; and the best places of a long one. */
import { fold, hanRuns, latinRuns } from './fold.ts';
import { readPinyin, soundsOf } from './sounds.ts';
import type { Thesaurus } from './thesaurus.ts';
import { isCommonCharacter, isCommonPair, wordsIn } from './tokens.ts';

export type Parts = { text: string; hit: boolean }[];

/** What to look for in texts. */
export interface Needles {
  /** Folded words and pairs of characters, with how much each says. */
  words: Map<string, number>;
  /** Pairs of sounds. */
  sounds: Set<string>;
}

/** `owners`: whose words of the thesaurus count beside everybody's; left out: all. */
export function needlesOf(text: string, thesaurus: Thesaurus, owners?: ReadonlySet<string>): Needles {
  const folded = fold(text);
  const words = new Map<string, number>();
  const sounds = new Set<string>();
  const add = (word: string, says: number) => words.set(word, Math.max(says, words.get(word) ?? 0));
  for (const term of thesaurus.termsIn(folded, owners))
    for (const word of thesaurus.wordsOf(term)) add(word, word.length + 1);
  for (const word of wordsIn(folded)) add(word, word.length);
  for (const run of hanRuns(folded)) {
    const characters = [...run];
    const heard = soundsOf(characters);
    if (characters.length === 1 && !isCommonCharacter(run)) add(run, 1);
    for (let at = 0; at + 1 < characters.length; at += 1) {
      const pair = `${characters[at]}${characters[at + 1]}`;
      if (isCommonPair(pair)) continue;
      add(pair, 2);
      sounds.add(`${heard[at]} ${heard[at + 1]}`);
    }
  }
  for (const run of latinRuns(folded)) {
    if (run.length > 1) add(run, run.length);
    const read = readPinyin(run) ?? [];
    for (const [at, sound] of read.slice(1).entries()) sounds.add(`${read[at]} ${sound}`);
  }
  return { words, sounds };
}

interface Hit {
  from: number;
  to: number;
  word: string;
  says: number;
}

/** Text with what was found in it. Sounds count where no word is found. */
export function marked(text: string, needles: Needles): Parts {
  return partsOf(text, hitsIn(text, needles));
}

/** The place of up to `length` characters that says most of what was asked, marked, with dots where something is left out; null: none does. */
export function snippet(text: string, needles: Needles, length: number): { parts: Parts; says: number } | null {
  const hits = hitsIn(text, needles);
  if (hits.length === 0) return null;
  let chosen = { begin: 0, says: 0 };
  for (const [at, first] of hits.entries()) {
    const said = new Map<string, number>();
    for (let next = at; next < hits.length && (hits[next] as Hit).to - first.from <= length; next += 1) {
      const { word, says } = hits[next] as Hit;
      said.set(word, says);
    }
    const says = [...said.values()].reduce((sum, each) => sum + each, 0);
    if (says > chosen.says) chosen = { begin: first.from, says };
  }
  const begin = beginNear(text, chosen.begin, length);
  const end = Math.min(text.length, begin + length);
  const within = hits
    .filter(({ from, to }) => from >= begin && to <= end)
    .map((hit) => ({ ...hit, from: hit.from - begin, to: hit.to - begin }));
  const parts = partsOf(text.slice(begin, end), within);
  const dots = { text: '…', hit: false };
  return { parts: [...(begin > 0 ? [dots] : []), ...parts, ...(end < text.length ? [dots] : [])], says: chosen.says };
}

/** How far before a hit its sentence may begin. */
const LEAD = 0.4;
const SENTENCE_END = /[。！？；\n]/;

/** Where its sentence begins, or a little before it; never so late that the end of the text leaves room. */
function beginNear(text: string, at: number, length: number): number {
  const earliest = Math.max(0, at - Math.floor(length * LEAD));
  let begin = at;
  while (begin > earliest && !SENTENCE_END.test(text.charAt(begin - 1))) begin -= 1;
  begin = Math.max(0, Math.min(begin, text.length - length));
  // Not within a character of two units.
  return /[\uDC00-\uDFFF]/.test(text.charAt(begin)) ? begin - 1 : begin;
}

function hitsIn(text: string, { words, sounds }: Needles): Hit[] {
  const folded = foldedUnits(text);
  const hits: Hit[] = [];
  for (const [word, says] of words)
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length))
      hits.push({ from: at, to: at + word.length, word, says });
  if (hits.length === 0) hits.push(...soundHits(folded, sounds));
  return hits.sort((a, b) => a.from - b.from || b.to - a.to);
}

function soundHits(folded: string, sounds: ReadonlySet<string>): Hit[] {
  if (sounds.size === 0) return [];
  const heard = soundsOf(folded.split(''));
  const hits: Hit[] = [];
  for (let at = 0; at + 1 < heard.length; at += 1) {
    const pair = `${heard[at]} ${heard[at + 1]}`;
    if (sounds.has(pair)) hits.push({ from: at, to: at + 2, word: pair, says: 1 });
  }
  return hits;
}

/** Folded without moving anything: what would become longer or shorter stays. */
function foldedUnits(text: string): string {
  const folded = fold(text);
  if (folded.length === text.length) return folded;
  return text
    .split('')
    .map((unit) => {
      const one = fold(unit);
      return one.length === 1 ? one : unit;
    })
    .join('');
}

/** `hits` in the order of their beginnings; they may overlap. */
function partsOf(text: string, hits: readonly { from: number; to: number }[]): Parts {
  const parts: Parts = [];
  let at = 0;
  const put = (until: number, hit: boolean) => {
    if (until <= at) return;
    const last = parts.at(-1);
    const piece = text.slice(at, until);
    if (last?.hit === hit) last.text += piece;
    else parts.push({ text: piece, hit });
    at = until;
  };
  for (const { from, to } of hits) {
    put(Math.min(from, text.length), false);
    put(Math.min(to, text.length), true);
  }
  put(text.length, false);
  return parts;
}

/** Marks one place. */
export const markedAt = (text: string, range: { from: number; to: number }): Parts => partsOf(text, [range]);
