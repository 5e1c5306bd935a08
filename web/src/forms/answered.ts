/** What a change answers stands in the lists at once, so that the next change of the same row begins from it. */

type Row = { id: string };

const isRow = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && typeof (value as Partial<Row>).id === 'string';

/** Rows of a list and what a change of one of them answers have the same fields; anything else with that id is another thing. */
const isSameKind = (a: object, b: object): boolean => {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key));
};

function inRows(rows: readonly unknown[], row: Row): readonly unknown[] | undefined {
  const at = rows.findIndex((each) => isRow(each) && each.id === row.id && isSameKind(each, row));
  return at < 0 ? undefined : rows.with(at, row);
}

/** Puts `answer` in the place of the row of its id. `data`: a list, a page of one (`rows`), or all `pages` that were read. undefined: it holds no such row. */
export function withAnswer(data: unknown, answer: unknown): unknown {
  if (!isRow(answer) || typeof data !== 'object' || data === null) return undefined;
  if (Array.isArray(data)) return inRows(data, answer);
  if ('rows' in data && Array.isArray(data.rows)) {
    const rows = inRows(data.rows, answer);
    return rows && { ...data, rows };
  }
  if (!('pages' in data) || !Array.isArray(data.pages)) return undefined;
  const pages: unknown[] = data.pages;
  const at = pages.findIndex((page) => withAnswer(page, answer) !== undefined);
  return at < 0 ? undefined : { ...data, pages: pages.with(at, withAnswer(pages[at], answer)) };
}
