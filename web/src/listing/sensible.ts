import type { z } from 'zod';

/** Addresses are typed by people too: a part of a filter that makes no sense is left out, the rest still works. */
export function sensible<Filter extends z.ZodObject>(
  filter: Filter,
  raw: { [Key in keyof z.infer<Filter>]?: unknown },
): z.infer<Filter> {
  const entries = Object.entries(raw).filter(
    ([name, value]) => value !== undefined && filter.safeParse({ [name]: value }).success,
  );
  return Object.fromEntries(entries) as z.infer<Filter>;
}
