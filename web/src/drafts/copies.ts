/** What couldn't be saved, kept in the browser of whoever drew it until it has been. */
import { z } from 'zod';

export interface Copy<Document> {
  document: Document;
  /** Of the draft that it was made from. */
  revision: number;
  at: Date;
}

/** Whose copies of what. */
interface Of {
  person: string;
  kind: 'flow' | 'workflow' | 'order' | 'article' | 'answer';
  id: string;
  page: string;
}

/** Copies of one document by one person; each page has one of its own. */
export class Copies<Document> {
  readonly #storage: Storage;
  readonly #prefix: string;
  readonly #mine: string;
  readonly #schema: z.ZodType<Copy<Document>>;

  constructor(storage: Storage, { person, kind, id, page }: Of, document: z.ZodType<unknown, Document>) {
    this.#storage = storage;
    this.#schema = z.object({ document, revision: z.number(), at: z.coerce.date() }) as never;
    this.#prefix = `rexian.${kind}.${person}.${id}.`;
    this.#mine = this.#prefix + page;
  }

  keep(copy: Copy<Document>): void {
    try {
      this.#storage.setItem(this.#mine, JSON.stringify(copy));
    } catch {
      // No room, or none allowed: the page itself still warns before it is left.
    }
  }

  drop(): void {
    this.#storage.removeItem(this.#mine);
  }

  /** The newest one that another page left behind. */
  left(): Copy<Document> | null {
    const copies = this.#others().flatMap((key) => this.#read(this.#storage.getItem(key)) ?? []);
    return copies.sort((a, b) => b.at.getTime() - a.at.getTime())[0] ?? null;
  }

  /** All that other pages left behind. */
  forget(): void {
    for (const key of this.#others()) this.#storage.removeItem(key);
  }

  #others(): string[] {
    return Object.keys(this.#storage).filter((key) => key.startsWith(this.#prefix) && key !== this.#mine);
  }

  #read(text: string | null): Copy<Document> | null {
    try {
      return this.#schema.safeParse(JSON.parse(text ?? 'null')).data ?? null;
    } catch {
      return null;
    }
  }
}

/** Ids of whatever of this kind was left by the person, on any page. */
export function leftIds(storage: Storage, person: string, kind: Of['kind']): string[] {
  const prefix = `rexian.${kind}.${person}.`;
  const ids = Object.keys(storage).flatMap((key) =>
    key.startsWith(prefix) ? [key.slice(prefix.length).split('.')[0]] : [],
  );
  return [...new Set(ids)].filter((id) => id !== undefined);
}
