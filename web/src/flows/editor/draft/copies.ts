/** What couldn't be saved, kept in the browser of whoever drew it until it has been. */
import { type FlowDocument, flowDocument } from '@rexian/contracts';
import { z } from 'zod';

const kept = z.object({ document: flowDocument, revision: z.number(), at: z.coerce.date() });

export interface Copy {
  document: FlowDocument;
  /** Of the draft that it was made from. */
  revision: number;
  at: Date;
}

/** Copies of one flow by one person; each page has one of its own. */
export class Copies {
  readonly #storage: Storage;
  readonly #prefix: string;
  readonly #mine: string;

  constructor(storage: Storage, { person, flow, page }: { person: string; flow: string; page: string }) {
    this.#storage = storage;
    this.#prefix = `rexian.flow.${person}.${flow}.`;
    this.#mine = this.#prefix + page;
  }

  keep(copy: Copy): void {
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
  left(): Copy | null {
    const copies = this.#others().flatMap((key) => read(this.#storage.getItem(key)) ?? []);
    return copies.sort((a, b) => b.at.getTime() - a.at.getTime())[0] ?? null;
  }

  /** All that other pages left behind. */
  forget(): void {
    for (const key of this.#others()) this.#storage.removeItem(key);
  }

  #others(): string[] {
    return Object.keys(this.#storage).filter((key) => key.startsWith(this.#prefix) && key !== this.#mine);
  }
}

function read(text: string | null): Copy | null {
  try {
    const { data } = kept.safeParse(JSON.parse(text ?? 'null'));
    return (data as Copy | undefined) ?? null;
  } catch {
    return null;
  }
}
