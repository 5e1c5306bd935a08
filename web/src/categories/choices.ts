import type { Category } from '@rexian/contracts';

/** A category that can be chosen. */
export interface CategoryChoice {
  value: string;
  /** From the root down; the last is its own name. */
  names: string[];
  category: Category;
}

export const pathOf = ({ names }: CategoryChoice): string => names.join(' / ');

/**
 * What can be chosen of a tree whose rows come parents before children: what is in use and has nothing in use below it. `paths` names all,
 * whatever is out of use as well.
 */
export function choicesOf(categories: readonly Category[]): { choices: CategoryChoice[]; paths: Map<string, string> } {
  const lines = new Map<string, string[]>();
  for (const { id, parentId, name } of categories)
    lines.set(id, [...(parentId === null ? [] : (lines.get(parentId) ?? [])), name]);
  const parents = new Set(categories.filter(({ active }) => active).map(({ parentId }) => parentId));
  const choices = categories
    .filter(({ id, active }) => active && !parents.has(id))
    .map((category) => ({ value: category.id, names: lines.get(category.id) ?? [category.name], category }));
  const paths = new Map([...lines].map(([id, names]) => [id, names.join(' / ')]));
  return { choices, paths };
}

/** Choices under the path they hang on, in their order; those without one under their own name. */
export function grouped(choices: readonly CategoryChoice[]): { label: string; choices: CategoryChoice[] }[] {
  const above = ({ names }: CategoryChoice) => names.slice(0, -1).join(' / ') || (names[0] ?? '');
  return [...Map.groupBy(choices, above)].map(([label, each]) => ({ label, choices: each }));
}

/** Whether what was typed can be read as pinyin of a part of the text: initials, whole syllables or a mixture. */
export type PinyinMatch = (text: string, typed: string) => boolean;

/**
 * Choices that have every word typed: in their name, their code, on their path, or as pinyin of these; the nearest first. Words are parted
 * by blanks or slashes. Without `pinyin` only as written.
 */
export function found(choices: readonly CategoryChoice[], text: string, pinyin: PinyinMatch | null): CategoryChoice[] {
  const words = text
    .toLowerCase()
    .split(/[\s/／]+/)
    .filter((word) => word !== '');
  return choices
    .flatMap((choice) => {
      const far = words.map((word) => distance(choice, word, pinyin));
      return far.includes(null) ? [] : [{ choice, far: far.reduce<number>((sum, each) => sum + (each ?? 0), 0) }];
    })
    .toSorted((a, b) => a.far - b.far)
    .map(({ choice }) => choice);
}

/** 0: it is just that; null: it isn't in it. */
function distance({ names, category }: CategoryChoice, word: string, pinyin: PinyinMatch | null): number | null {
  const lower = names.map((name) => name.toLowerCase());
  const own = lower.at(-1) ?? '';
  const code = category.code?.toLowerCase();
  if (own === word || code === word) return 0;
  if (own.startsWith(word)) return 1;
  if (own.includes(word)) return 2;
  if (pinyin?.(own, word)) return 3;
  if (lower.some((name) => name.includes(word)) || code?.startsWith(word)) return 4;
  if (lower.some((name) => pinyin?.(name, word))) return 5;
  return pinyin && across(lower, word, pinyin) ? 6 : null;
}

/** Read on from one name into another below it: `zzssb` for 增值税 / 纳税申报. */
function across(names: readonly string[], word: string, pinyin: PinyinMatch): boolean {
  // Single letters would fit nearly everything.
  const cuts = Array.from({ length: Math.max(0, word.length - 3) }, (_, index) => index + 2);
  return cuts.some((cut) => {
    const above = names.findIndex((name) => pinyin(name, word.slice(0, cut)));
    return above >= 0 && names.slice(above + 1).some((name) => pinyin(name, word.slice(cut)));
  });
}
