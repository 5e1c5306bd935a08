/**
 * Variables inside texts: `{ticket}`, `{caller.region}`, and `{amount:money}` to have it spoken as what it is. `{{名称}}` stands for the
 * prompt of that name in the 语音库; it stays in the text until the channel speaks it.
 */
import { isSpokenKind, type SpokenKind, spoken } from './spoken.ts';
import type { Scope, Value } from './variables.ts';

const LIBRARY = String.raw`\{\{([^{}]+)\}\}`;
const PLACE = new RegExp(String.raw`${LIBRARY}|\{([A-Za-z_]\w*)(?:\.(\w+))?(?::(\w+))?\}`, 'g');

export interface Place {
  name: string;
  part: string | undefined;
  kind: string | undefined;
}

export const placesIn = (text: string): Place[] =>
  [...text.matchAll(PLACE)].flatMap(([, library, name = '', part, kind]) =>
    library === undefined ? [{ name, part, kind }] : [],
  );

/** A stretch of a text: words, or the name of a prompt of the library. */
export type Piece = { text: string } | { prompt: string };

/** A text in the order it is heard; stretches of nothing but spaces are left out. */
export function piecesOf(text: string): Piece[] {
  return text.split(new RegExp(LIBRARY)).flatMap((piece, index): Piece[] => {
    const words = piece.trim();
    if (!words) return [];
    return [index % 2 === 1 ? { prompt: words } : { text: words }];
  });
}

/** Names of the library's prompts in a text. */
export const promptsIn = (text: string): string[] =>
  piecesOf(text).flatMap((piece) => ('prompt' in piece ? [piece.prompt] : []));

/** Puts the values in; nothing stands for what isn't set. Names in `locals` stay as they are. */
export function fillIn(
  text: string,
  scope: Scope,
  { locals = [], encode = (value) => value }: { locals?: readonly string[]; encode?: (value: string) => string } = {},
): string {
  return text.replace(PLACE, (place, library?: string, name = '', part?: string, kind?: string) => {
    if (library !== undefined || locals.includes(name)) return place;
    const value = valueIn(scope, name, part);
    if (value === null) return '';
    const words = kind !== undefined && isSpokenKind(kind) ? spoken(kind as SpokenKind, value) : String(value);
    // What comes from outside names no prompt.
    return encode(words.replace(/\{+/g, '{'));
  });
}

function valueIn(scope: Scope, name: string, part: string | undefined): Value {
  const found = Object.hasOwn(scope, name) ? (scope[name] ?? null) : null;
  if (part === undefined) return found !== null && typeof found === 'object' ? null : found;
  if (found === null || typeof found !== 'object' || !Object.hasOwn(found, part)) return null;
  return found[part] ?? null;
}
