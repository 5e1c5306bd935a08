/** Statements that fail on purpose. */
import type { KyselyPlugin } from 'kysely';
import type { Db } from '../platform/db.ts';

export class InjectedFault extends Error {}

/** `db` with the fault that its `n`th statement (counted from 1) never runs, or has run but nobody hears of it. */
export function failingAt(db: Db, n: number, when: 'before' | 'after'): { db: Db; hit(): boolean } {
  let [sent, answered, hit] = [0, 0, false];
  const fail = (): never => {
    hit = true;
    throw new InjectedFault(`${when} statement ${n}`);
  };
  const plugin: KyselyPlugin = {
    transformQuery({ node }) {
      sent += 1;
      return when === 'before' && sent === n ? fail() : node;
    },
    transformResult({ result }) {
      answered += 1;
      return when === 'after' && answered === n ? fail() : Promise.resolve(result);
    },
  };
  return { db: db.withPlugin(plugin) as Db, hit: () => hit };
}
