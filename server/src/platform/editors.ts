/** Who has a document open in its editor. Pages say every ten seconds that they are there. */
import type { OpenEditor } from '@rexian/contracts';
import { sql } from 'kysely';
import type { Queryable } from './db.ts';

/** Two signs of life missed. */
const GONE = sql`now() - interval '25 seconds'`;

/** `id`: the document's. */
export type EditorSeen = Omit<OpenEditor, 'mine'> & { id: string; personId: string; client: string };

export interface Presence {
  /** The document's. */
  id: string;
  /** A page is the person's who opened it. */
  client: string;
  personId: string;
  leaving: boolean;
}

/** Of one kind of documents: `table` books their pages, `column` of it names the document. */
export class Editors {
  readonly #table;
  readonly #document;

  constructor(table: 'flow_editors' | 'workflow_editors' | 'knowledge_editors', column: string) {
    this.#table = sql.table(table);
    this.#document = sql.ref(column);
  }

  /** Those who came first before others. `all` sees everyone's names. */
  async of(all: Queryable, ids: readonly string[]): Promise<EditorSeen[]> {
    const { rows } =
      await sql<EditorSeen>`select ${this.#document} as id, e.person_id as "personId", e.client, p.name, e.since
      from ${this.#table} e join people p on p.id = e.person_id
      where ${this.#document} = any(${ids as string[]}::uuid[]) and e.seen_at > ${GONE} order by e.since, e.client`.execute(
        all,
      );
    return rows;
  }

  /** Books that a page is there, or goes; true: others see somebody come or go. */
  note(db: Queryable, { leaving, ...page }: Presence): Promise<boolean> {
    return leaving ? this.#drop(db, page) : this.#come(db, page);
  }

  /** As the page itself is told. */
  async besides(all: Queryable, { id, client }: Pick<Presence, 'id' | 'client'>): Promise<OpenEditor[]> {
    const editors = await this.of(all, [id]);
    return editors.map(({ name, since, client: page }) => ({ name, since, mine: page === client }));
  }

  async #come(db: Queryable, { id, client, personId }: Omit<Presence, 'leaving'>): Promise<boolean> {
    const document = this.#document;
    const { rows } = await sql<{ came: boolean }>`
      insert into ${this.#table} as open (${document}, client, person_id) values (${id}, ${client}, ${personId})
      on conflict (${document}, client) do update set seen_at = now(), since =
        case when open.seen_at > ${GONE} then open.since else now() end
        where open.person_id = excluded.person_id
      returning since = now() as came`.execute(db);
    await sql`delete from ${this.#table} where ${document} = ${id} and seen_at < now() - interval '1 hour'`.execute(db);
    return rows[0]?.came ?? false;
  }

  async #drop(db: Queryable, { id, client, personId }: Omit<Presence, 'leaving'>): Promise<boolean> {
    const { numAffectedRows } = await sql`delete from ${this.#table}
      where ${this.#document} = ${id} and client = ${client} and person_id = ${personId}`.execute(db);
    return (numAffectedRows ?? 0n) > 0n;
  }
}
