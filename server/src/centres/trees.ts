/** The tree of units as this process has read it, read anew when its version moves on. */
import type { Db } from '../platform/db.ts';
import { UnitTree } from './tree.ts';

export class Trees {
  readonly #db: Db;
  #version = -1;
  #tree = new UnitTree([]);
  #reading: Promise<void> | null = null;

  /** `db` sees all units. */
  constructor(db: Db) {
    this.#db = db;
  }

  /** The tree of at least this version; without one, of now. */
  async tree(version?: number): Promise<UnitTree> {
    const wanted = version ?? (await this.#currentVersion());
    while (this.#version < wanted) {
      this.#reading ??= this.#read().finally(() => {
        this.#reading = null;
      });
      await this.#reading;
    }
    return this.#tree;
  }

  async #currentVersion(): Promise<number> {
    const row = await this.#db.selectFrom('unit_tree').select('version').executeTakeFirstOrThrow();
    return row.version;
  }

  async #read(): Promise<void> {
    // The version first: a change in between makes us read once more, never too little.
    const version = await this.#currentVersion();
    const rows = await this.#db
      .selectFrom('units')
      .select(['id', 'path', 'name', 'kind', 'active'])
      .orderBy('path')
      .execute();
    this.#tree = new UnitTree(rows, version);
    this.#version = version;
  }
}
