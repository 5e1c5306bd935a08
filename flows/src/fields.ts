/** What stands in the fields of a configuration, by its form; and the schemas that forms share. */
import { z } from 'zod';
import type { Field, FieldKind } from './node.ts';
import { fillIn } from './templates.ts';
import type { Scope } from './variables.ts';

export const prompt = z.string().trim().min(1).max(2000);
export const key = z.string().regex(/^[0-9*#]$/, '请填写一个按键');
export const seconds = (min: number, max: number) => z.number().int().min(min).max(max);
/** How long somebody's phone rings. */
export const ringSeconds = seconds(5, 120).default(25);
export const expression = z.string().trim().min(1).max(500);

export interface Filled {
  field: Field;
  /** Names and row numbers from the configuration down. */
  path: readonly (string | number)[];
  value: unknown;
}

/** Every field that has a value, rows one after the other. */
export function* filledFields(form: readonly Field[], config: unknown, path: Filled['path'] = []): Iterable<Filled> {
  if (config === null || typeof config !== 'object') return;
  for (const field of form) {
    const value: unknown = (config as Record<string, unknown>)[field.name];
    const here = [...path, field.name];
    if (value === undefined) continue;
    if (field.kind !== 'items') yield { field, path: here, value };
    else if (Array.isArray(value))
      for (const [row, item] of value.entries()) yield* filledFields(field.fields ?? [], item, [...here, row]);
  }
}

/** The values of one kind of field. */
export const valuesOf = (form: readonly Field[], config: unknown, kind: FieldKind): string[] =>
  [...filledFields(form, config)].flatMap(({ field, value }) =>
    field.kind === kind && typeof value === 'string' ? [value] : [],
  );

/** Kinds whose text may name variables. */
export const WITH_VARIABLES: ReadonlySet<FieldKind> = new Set<FieldKind>(['prompt', 'template', 'url']);

/** The configuration with the variables of its texts filled in; the same one when it has none. */
export function fillTexts(form: readonly Field[], config: unknown, scope: Scope): unknown {
  const filled = [...filledFields(form, config)].filter(
    ({ field, value }) => WITH_VARIABLES.has(field.kind) && typeof value === 'string' && value.includes('{'),
  );
  if (filled.length === 0) return config;
  const copy: unknown = structuredClone(config);
  for (const { field, path, value } of filled) {
    const encode = field.kind === 'url' ? { encode: encodeURIComponent } : {};
    put(copy, path, fillIn(String(value), scope, { ...(field.locals ? { locals: field.locals } : {}), ...encode }));
  }
  return copy;
}

/** Sets a field, in the configuration itself; undefined: takes it out. */
export function put(config: unknown, path: Filled['path'], value: string | undefined): void {
  let at = config as Record<string | number, unknown>;
  for (const step of path.slice(0, -1)) at = at[step] as Record<string | number, unknown>;
  const name = path.at(-1) ?? '';
  if (value === undefined) delete at[name];
  else at[name] = value;
}
