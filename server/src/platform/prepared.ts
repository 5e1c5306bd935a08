/** Statements that come again and again are planned once by each connection: under row-level security planning costs more than running them. */
import { createHash } from 'node:crypto';
import type pg from 'pg';

/** Asked so often, a statement gets a name. */
const OFTEN = 3;
/** Statements that are counted, and that have names: each connection keeps a plan of those it was asked. */
const COUNTED = 2_000;
const NAMED = 300;
const PLANNED = /^\s*(?:select|with|insert|update|delete)\b/i;

/** Counts the statements of a pool, and names those that come again; for each connection of it once. */
export function preparing(): (client: pg.PoolClient | pg.Client) => void {
  const nameOf = naming();
  return (client) => {
    const query = client.query.bind(client) as (...asked: unknown[]) => unknown;
    const named = (...asked: unknown[]): unknown => {
      const [text, values] = asked;
      if (asked.length !== 2 || typeof text !== 'string' || !Array.isArray(values)) return query(...asked);
      const name = nameOf(text);
      return name ? query({ name, text, values }) : query(text, values);
    };
    Object.assign(client, { query: named });
  };
}

function naming(): (text: string) => string | undefined {
  const uses = new Map<string, number>();
  const names = new Map<string, string>();
  return (text) => {
    const known = names.get(text);
    if (known || names.size >= NAMED || !PLANNED.test(text)) return known;
    const times = (uses.get(text) ?? 0) + 1;
    if (times < OFTEN) {
      if (uses.size >= COUNTED) uses.clear();
      uses.set(text, times);
      return undefined;
    }
    uses.delete(text);
    const name = `s${createHash('sha256').update(text).digest('hex').slice(0, 24)}`;
    names.set(text, name);
    return name;
  };
}
