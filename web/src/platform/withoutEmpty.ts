/** The fields of a form that say something: no empty texts, no empty lists. */
export function withoutEmpty<T extends object>(values: T): Partial<T> {
  const empty = (value: unknown) =>
    value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(values).filter(([, value]) => !empty(value))) as Partial<T>;
}
