/** Variables inside texts: `{ticket}`, `{caller.region}`, and `{amount:money}` to have it spoken as what it is. */
import { isSpokenKind, type SpokenKind, spoken } from './spoken.ts';
import type { Scope, Value } from './variables.ts';

const PLACE = /\{([A-Za-z_]\w*)(?:\.(\w+))?(?::(\w+))?\}/g;

export interface Place {
  name: string;
  part: string | undefined;
  kind: string | undefined;
}

export const placesIn = (text: string): Place[] =>
  [...text.matchAll(PLACE)].map(([, name = '', part, kind]) => ({ name, part, kind }));

/** Puts the values in; nothing stands for what isn't set. Names in `locals` stay as they are. */
export function fillIn(
  text: string,
  scope: Scope,
  { locals = [], encode = (value) => value }: { locals?: readonly string[]; encode?: (value: string) => string } = {},
): string {
  return text.replace(PLACE, (place, name: string, part: string | undefined, kind: string | undefined) => {
    if (locals.includes(name)) return place;
    const value = valueIn(scope, name, part);
    if (value === null) return '';
    return encode(kind !== undefined && isSpokenKind(kind) ? spoken(kind as SpokenKind, value) : String(value));
  });
}

function valueIn(scope: Scope, name: string, part: string | undefined): Value {
  const found = Object.hasOwn(scope, name) ? (scope[name] ?? null) : null;
  if (part === undefined) return found !== null && typeof found === 'object' ? null : found;
  if (found === null || typeof found !== 'object' || !Object.hasOwn(found, part)) return null;
  return found[part] ?? null;
}
