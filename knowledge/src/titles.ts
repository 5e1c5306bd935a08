/** Titles as they are typed: by their beginning, a part of them, their sound, or the first letters of their sounds. */
import { fold } from './fold.ts';
import { Haystack } from './haystack.ts';
import { readingOf } from './sounds.ts';

/** Characters of a text from one to another. */
export interface Range {
  from: number;
  to: number;
}

interface Title {
  id: string;
  text: string;
  folded: string;
  /** The sounds of all characters in a row (`she`, `bao`), other characters as they are. */
  sounds: string;
  /** Where in `sounds` each character begins. */
  begins: number[];
  /** The first letter of each character's sound. */
  initials: string;
}

/** All titles, to be looked through. */
interface Shelf {
  titles: Title[];
  folded: Haystack;
  sounds: Haystack;
  initials: Haystack;
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
  /** null: titles have changed since. */
  #shelf: Shelf | null = null;

  put(id: string, text: string): void {
    this.#titles.set(id, titleOf(id, text));
    this.#shelf = null;
  }

  remove(id: string): void {
    if (this.#titles.delete(id)) this.#shelf = null;
  }

  /** Tells all that `accepts` takes, in no order, each once, by what fits best. Nothing fits an empty text. */
  fitting(typed: string, accepts: (id: string) => boolean): Fitting[] {
    const asked = fold(typed).replaceAll(/\s+/g, '');
    if (asked === '') return [];
    const found = new Map<number, Fitting>();
    const shelf = this.#looked();
    const add = (number: number, fit: number, range: Range): void => {
      const { id, text } = shelf.titles[number] as Title;
      if (!found.has(number) && accepts(id)) found.set(number, { id, text, fit, range });
    };
    shelf.folded.find(asked, (number, at) => {
      add(number, at === 0 ? FITS.begins : FITS.holds, { from: at, to: at + asked.length });
      return true;
    });
    if (/^[a-z]{2,}$/.test(asked)) {
      this.#sounding(asked, (number, range) => add(number, FITS.sounds, range));
      this.#beginning(asked, (number, range) => add(number, FITS.initials, range));
    }
    return [...found.values()];
  }

  /** What letters stand for in titles, by their sounds or first letters: the words that most titles have, the most frequent first. */
  wordsFor(letters: string, most: number): string[] {
    const { titles, folded } = this.#looked();
    let asTheyStand = false;
    folded.find(letters, () => {
      asTheyStand = true;
      return true;
    });
    if (asTheyStand) return [];
    const words = new Map<number, string>();
    const add = (number: number, { from, to }: Range): void => {
      if (!words.has(number)) words.set(number, (titles[number] as Title).text.slice(from, to));
    };
    this.#sounding(letters, add);
    if (letters.length >= 3) this.#beginning(letters, add);
    const times = new Map<string, number>();
    for (const word of words.values()) times.set(word, (times.get(word) ?? 0) + 1);
    return [...times]
      .sort(([, a], [, b]) => b - a)
      .slice(0, most)
      .map(([word]) => word);
  }

  #looked(): Shelf {
    if (!this.#shelf) {
      const titles = [...this.#titles.values()];
      const of = (part: 'folded' | 'sounds' | 'initials') => new Haystack(titles.map((title) => title[part]));
      this.#shelf = { titles, folded: of('folded'), sounds: of('sounds'), initials: of('initials') };
    }
    return this.#shelf;
  }

  /** Sounds that begin with a character's; the last of them may be typed half. */
  #sounding(letters: string, take: (number: number, range: Range) => void): void {
    const { titles, sounds } = this.#looked();
    sounds.find(letters, (number, at) => {
      const { begins } = titles[number] as Title;
      const from = begins.indexOf(at);
      if (from < 0) return false;
      const after = begins.findIndex((begin) => begin >= at + letters.length);
      take(number, { from, to: after < 0 ? begins.length : after });
      return true;
    });
  }

  #beginning(letters: string, take: (number: number, range: Range) => void): void {
    this.#looked().initials.find(letters, (number, at) => {
      take(number, { from: at, to: at + letters.length });
      return true;
    });
  }
}

function titleOf(id: string, text: string): Title {
  // One unit each: ranges are of UTF-16 units. Breaks would end a title.
  const units = text
    .replaceAll('\n', ' ')
    .split('')
    .map((unit) => {
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
    ...{ id, text, sounds, begins, folded: units.map(({ folded }) => folded).join('') },
    initials: units.map(({ folded, reading }) => reading?.charAt(0) ?? folded).join(''),
  };
}
