/** Titles as they are typed: by their beginning, a part of them, their sound, or the first letters of their sounds. */
import { fold } from './fold.ts';
import { readingOf } from './sounds.ts';

/** Characters of a text from one to another. */
export interface Range {
  from: number;
  to: number;
}

interface Title {
  text: string;
  folded: string;
  /** The sounds of all characters in a row (`she`, `bao`), other characters as they are. */
  sounds: string;
  /** Where in `sounds` each character begins. */
  begins: number[];
  /** The first letter of each character's sound. */
  initials: string;
}

/** How well a title fits what was typed. */
const FITS = { begins: 4, holds: 3, sounds: 2, initials: 1 } as const;

export interface Fitting {
  id: string;
  text: string;
  fit: number;
  /** In the title. */
  range: Range;
}

export class Titles {
  readonly #titles = new Map<string, Title>();

  put(id: string, text: string): void {
    this.#titles.set(id, titleOf(text));
  }

  remove(id: string): void {
    this.#titles.delete(id);
  }

  /** All that `accepts` takes, in no order. Nothing fits an empty text. */
  fitting(typed: string, accepts: (id: string) => boolean): Fitting[] {
    const asked = fold(typed).replaceAll(/\s+/g, '');
    if (asked === '') return [];
    const letters = /^[a-z]+$/.test(asked);
    const found: Fitting[] = [];
    for (const [id, title] of this.#titles) {
      const fitted = fitOf(title, asked, letters);
      if (fitted && accepts(id)) found.push({ id, text: title.text, ...fitted });
    }
    return found;
  }

  /** What letters stand for in titles, by their sounds or first letters: the words that most titles have, the most frequent first. */
  wordsFor(letters: string, most: number): string[] {
    const times = new Map<string, number>();
    for (const { folded, text, ...title } of this.#titles.values()) {
      if (folded.includes(letters)) return [];
      const range = soundRange(title, letters) ?? (letters.length >= 3 ? initialsRange(title, letters) : null);
      if (!range) continue;
      const word = text.slice(range.from, range.to);
      times.set(word, (times.get(word) ?? 0) + 1);
    }
    return [...times]
      .sort(([, a], [, b]) => b - a)
      .slice(0, most)
      .map(([word]) => word);
  }
}

function titleOf(text: string): Title {
  // One unit each: ranges are of UTF-16 units.
  const units = text.split('').map((unit) => {
    const folded = fold(unit);
    return { folded: folded.length === 1 ? folded : unit, reading: readingOf(unit) };
  });
  const begins: number[] = [];
  let sounds = '';
  for (const { folded, reading } of units) {
    begins.push(sounds.length);
    sounds += reading ?? folded;
  }
  return {
    ...{ text, sounds, begins, folded: units.map(({ folded }) => folded).join('') },
    initials: units.map(({ folded, reading }) => reading?.charAt(0) ?? folded).join(''),
  };
}

function fitOf(title: Title, asked: string, letters: boolean): { fit: number; range: Range } | null {
  const at = title.folded.indexOf(asked);
  if (at >= 0) return { fit: at === 0 ? FITS.begins : FITS.holds, range: { from: at, to: at + asked.length } };
  if (!letters || asked.length < 2) return null;
  const sounding = soundRange(title, asked);
  if (sounding) return { fit: FITS.sounds, range: sounding };
  const initials = initialsRange(title, asked);
  return initials && { fit: FITS.initials, range: initials };
}

/** Sounds that begin with a character's; the last of them may be typed half. */
function soundRange({ sounds, begins }: Pick<Title, 'sounds' | 'begins'>, letters: string): Range | null {
  for (let at = sounds.indexOf(letters); at >= 0; at = sounds.indexOf(letters, at + 1)) {
    const from = begins.indexOf(at);
    if (from < 0) continue;
    const after = begins.findIndex((begin) => begin >= at + letters.length);
    return { from, to: after < 0 ? begins.length : after };
  }
  return null;
}

function initialsRange({ initials }: Pick<Title, 'initials'>, letters: string): Range | null {
  const at = initials.indexOf(letters);
  return at < 0 ? null : { from: at, to: at + letters.length };
}
