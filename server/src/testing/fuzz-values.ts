/** Input for the contract's routes: plausible values made from their schemas, and what strangers make of them. */
import { contract, type RouteMeta } from '@rexian/contracts';
import fc from 'fast-check';
import { z } from 'zod';
import { keyPermissions } from '../partner-routes.ts';

/** What a JSON Schema of zod's says, as far as values need it. */
export interface Shape {
  type?: string;
  kind?: 'date' | 'file';
  format?: string;
  pattern?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Shape[];
  oneOf?: Shape[];
  properties?: Record<string, Shape>;
  required?: string[];
  items?: Shape;
  prefixItems?: Shape[];
  minItems?: number;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
}

export interface FuzzRoute {
  name: string;
  path: readonly string[];
  method: string;
  restPath: string;
  access: RouteMeta['access'];
  /** Partners may call it over REST. */
  partners: boolean;
  input: Shape | null;
}

/** Every route of the contract. */
export function fuzzRoutes(node: object = contract, path: readonly string[] = []): FuzzRoute[] {
  const definition = (node as { '~orpc'?: Definition })['~orpc'];
  if (!definition) return Object.entries(node).flatMap(([name, below]) => fuzzRoutes(below, [...path, name]));
  const { meta, route, inputSchema } = definition;
  const input = inputSchema ? shapeOf(inputSchema) : null;
  const { method = 'POST', path: restPath = '/' } = route;
  return [
    {
      name: path.join('.'),
      path,
      method,
      restPath,
      access: meta.access,
      partners: keyPermissions(meta) !== null,
      input,
    },
  ];
}

interface Definition {
  meta: RouteMeta;
  route: { method?: string; path?: string };
  inputSchema?: z.ZodType;
}

function shapeOf(schema: z.ZodType): Shape {
  const kinds = ({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodTypes; jsonSchema: object }) => {
    const { type } = zodSchema._zod.def;
    if (type === 'date' || type === 'file') Object.assign(jsonSchema, { kind: type });
  };
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', override: kinds }) as Shape;
}

/** Chance that can be repeated: the same seed throws the same. */
export class Dice {
  readonly #draw: fc.GeneratorValue;

  constructor(seed: number) {
    const [draw] = fc.sample(fc.gen(), { seed, numRuns: 1 });
    if (!draw) throw new Error('no generator');
    this.#draw = draw;
  }

  /** From 0 to below `end`. */
  below(end: number): number {
    return end <= 1 ? 0 : this.#draw(fc.integer, { min: 0, max: end - 1 });
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  chance(share: number): boolean {
    return this.below(1_000) < share * 1_000;
  }

  matching(pattern: string): string {
    return this.#draw(fc.stringMatching, new RegExp(pattern, 'u'));
  }
}

const TEXTS = ['韦晓兰', '1001', 'gx', '税务咨询', '13877101234', '1234', '南宁市税务局', 'admin', 'rexian12366'];
const YEAR_MS = 31_536_000_000;

/** Ids of things that exist, by table. */
export type KnownIds = ReadonlyMap<string, readonly string[]>;

/** A value that the route may well take. `about`: what it is called, or the route's feature where that is just `id`. */
export function plausible(shape: Shape, dice: Dice, ids: KnownIds, about: string): unknown {
  const again = (inner: Shape) => plausible(inner, dice, ids, about);
  const choices = shape.anyOf ?? shape.oneOf ?? shape.enum?.map((value): Shape => ({ const: value }));
  if (choices?.length) return again(dice.pick(choices));
  if ('const' in shape) return shape.const;
  if (shape.kind === 'date') return new Date(1.7e12 + (dice.below(2_000) / 1_000 - 1) * YEAR_MS);
  if (shape.kind === 'file') return new Blob([dice.pick(['', 'not an Excel file', 'PK\u0003\u0004'])]);
  switch (shape.type) {
    case 'object': {
      const wanted = Object.entries(shape.properties ?? {}).filter(
        ([name]) => shape.required?.includes(name) || dice.chance(0.4),
      );
      const named = (name: string) => (name === 'id' ? about : name);
      return Object.fromEntries(wanted.map(([name, inner]) => [name, plausible(inner, dice, ids, named(name))]));
    }
    case 'array': {
      if (shape.prefixItems) return shape.prefixItems.map(again);
      const { minItems = 0, maxItems = 3, items = {} } = shape;
      const length = minItems + dice.below(Math.min(maxItems, minItems + 3) - minItems + 1);
      return Array.from({ length }, () => again(items));
    }
    case 'integer':
    case 'number':
      return whole(shape, dice);
    case 'boolean':
      return dice.chance(0.5);
    case 'null':
      return null;
    default:
      return shape.format === 'uuid' ? idOf(about, dice, ids) : words(shape, dice);
  }
}

/** Tables that a field's or feature's name doesn't tell. */
const TABLES: Record<string, string> = {
  parent: 'units',
  number: 'service_numbers',
  accessCodes: 'access_codes',
  lists: 'list_entries',
  keys: 'api_keys',
  agent: 'people',
  person: 'people',
  session: 'agent_sessions',
  auth: 'web_sessions',
  leg: 'contact_legs',
};

function idOf(about: string, dice: Dice, ids: KnownIds): string {
  const word = about.replace(/Ids?$/, '');
  const table =
    TABLES[word] ??
    TABLES[word.replace(/s$/, '')] ??
    [...ids.keys()].find((name) => name.startsWith(word.replace(/y$/, '')));
  const fitting = (dice.chance(0.85) && table && ids.get(table)) || [...ids.values()].flat();
  return dice.chance(0.05) || fitting.length === 0 ? crypto.randomUUID() : dice.pick(fitting);
}

function whole({ minimum = 0, maximum = 1_000 }: Shape, dice: Dice): number {
  if (dice.chance(0.2)) return dice.pick([minimum, maximum]);
  return minimum + dice.below(Math.min(1e6, maximum - minimum + 1));
}

function words({ pattern, minLength = 0, maxLength = 200 }: Shape, dice: Dice): string {
  if (pattern) return dice.matching(pattern);
  const text = dice.chance(0.1) ? '长'.repeat(maxLength) : dice.pick(TEXTS);
  return text.slice(0, maxLength).padEnd(minLength, '0');
}

const deep = (depth: number): unknown => {
  let value: unknown = 'x';
  for (let level = 0; level < depth; level += 1) value = level % 2 ? [value] : { value };
  return value;
};

const SQL = [
  "'; drop table people; --",
  "' or '1'='1",
  '%',
  '_%',
  '\\',
  "\\'; select pg_sleep(20); --",
  '$$x$$',
  '$1',
  ')))',
];
const STRINGS = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'x\udfffy',
  '\u202e\u0301\u0301\u0301',
  '👩‍👩‍👧‍👦',
  '<script>alert(1)</script>',
  '=cmd|calc!A1',
  '../../../../etc/passwd',
  '%00',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: this is what attackers send
  '${jndi:ldap://127.0.0.1/x}',
  '{{7*7}}',
  'null',
  'NaN',
  '__proto__',
  'constructor',
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  '2026-02-30',
  '1'.repeat(5_000),
  '长'.repeat(70_000),
  ...SQL,
];
const NUMBERS = [
  -1,
  0,
  -0,
  0.5,
  2 ** 31,
  -(2 ** 31) - 1,
  2 ** 53,
  2 ** 63,
  1e308,
  Number.NaN,
  Number.POSITIVE_INFINITY,
];
const DATES = [0, Number.NaN, -62_135_596_800_000, -62_200_000_000_000, 253_402_300_800_000, 8.64e15, -8.64e15];

/** Something that no field expects, or the edge of what it does. */
export function hostile(dice: Dice): unknown {
  switch (dice.below(9)) {
    case 0:
      return dice.pick([null, undefined, true, {}, [], [[]], 10n ** 30n]);
    case 1:
      return dice.pick(NUMBERS);
    case 2:
      return new Date(dice.pick(DATES));
    case 3:
      return crypto.randomUUID();
    case 4:
      return dice.pick([
        deep(50),
        deep(2_000),
        Array.from({ length: 10_000 }, () => 'x'),
        new Set([1]),
        new Map([[1, 2]]),
      ]);
    case 5:
      return JSON.parse('{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}}');
    case 6:
      return new Blob(['x']);
    default:
      return dice.pick(STRINGS);
  }
}

/** What somebody would add who hopes that a field is taken over unasked. */
const EXTRAS = {
  id: crypto.randomUUID(),
  unitId: crypto.randomUUID(),
  permissions: ['audit.read'],
  scope: 'all',
  active: true,
};

/** The value with one to three changes for the worse, somewhere in its depth. */
export function worsened(value: unknown, dice: Dice): unknown {
  let result = value;
  for (let changes = 1 + dice.below(3); changes > 0; changes -= 1) result = worsenedOnce(result, dice);
  return result;
}

function worsenedOnce(value: unknown, dice: Dice): unknown {
  const isBranch = typeof value === 'object' && value !== null && (Array.isArray(value) || isPlain(value));
  if (!isBranch || dice.chance(0.1)) return hostile(dice);
  if (Array.isArray(value)) {
    if (value.length === 0) return [hostile(dice)];
    const at = dice.below(value.length);
    return value.map((item, index) => (index === at ? worsenedOnce(item, dice) : item));
  }
  const entries = Object.entries(value as object);
  if (entries.length === 0 || dice.chance(0.1)) return { ...value, ...EXTRAS };
  const [name] = dice.pick(entries);
  if (dice.chance(0.1)) return Object.fromEntries(entries.filter(([key]) => key !== name));
  return Object.fromEntries(entries.map(([key, inner]) => [key, key === name ? worsenedOnce(inner, dice) : inner]));
}

const isPlain = (value: object) => Object.getPrototypeOf(value) === Object.prototype;
