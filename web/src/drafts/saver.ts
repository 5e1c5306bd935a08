/**
 * Keeps at the server what is on the screen: a second after the last change, one save at a time, again and again while nobody answers; never
 * over what somebody else has saved. Knows neither React nor the network.
 */
import { errorCode } from '../platform/errors.ts';
import { Store } from '../platform/store.ts';
import type { Copies } from './copies.ts';

const AFTER_MS = 1_000;
const AGAIN_MS = 5_000;
/** Refusals that pass by themselves. */
const PASSING = new Set<string | null>([null, 'BUSY', 'TIMEOUT', 'TOO_MANY_REQUESTS', 'INTERNAL_SERVER_ERROR']);

/** What is edited, as the server stores it: a flow, a workflow. */
export interface Drafted<Document> {
  id: string;
  /** Of `document`, which is the draft, else what is published. */
  revision: number;
  document: Document;
  published: { at: Date; by: string } | null;
  draft: { revision: number; at: Date; by: string } | null;
}

export type SaveState<Stored> =
  /** null: nothing has been saved here yet. */
  | { what: 'saved'; at: Date | null }
  /** Changed, and about to be saved. */
  | { what: 'changed' }
  | { what: 'saving' }
  /** `again`: it is tried again by itself. */
  | { what: 'failed'; error: unknown; again: boolean }
  /** Somebody else has saved since. */
  | { what: 'conflict'; theirs: Stored };

export interface DraftServer<Document, Stored> {
  save(draft: { id: string; revision: number; document: Document }): Promise<{ revision: number; at: Date }>;
  get(): Promise<Stored>;
}

interface Parts<Document, Stored> {
  opened: Stored;
  /** Its document as the editor shows it. */
  document: Document;
  /** Who saves. */
  name: string;
  server: DraftServer<Document, Stored>;
  copies: Pick<Copies<Document>, 'keep' | 'drop'>;
  /** Whether two documents are stored alike. */
  same(a: Document, b: Document): boolean;
}

export class DraftSaver<Document, Stored extends Drafted<Document>> {
  readonly state: Store<SaveState<Stored>>;
  /** As it lies at the server, as far as this page knows. */
  readonly stored: Store<Stored>;
  readonly #parts: Omit<Parts<Document, Stored>, 'opened' | 'document'>;
  #screen: Document;
  #saved: Document;
  /** Documents whose save was never answered: one of them may be what the server has. */
  #unanswered: Document[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;
  #running: Promise<void> | null = null;

  constructor({ opened, document, ...parts }: Parts<Document, Stored>) {
    this.state = new Store<SaveState<Stored>>({ what: 'saved', at: opened.draft?.at ?? null });
    this.stored = new Store(opened);
    this.#parts = parts;
    this.#screen = document;
    this.#saved = document;
  }

  get isSaved(): boolean {
    return this.#isStored && !this.#running;
  }

  /** What the screen showed when it was saved last. */
  get savedDocument(): Document {
    return this.#saved;
  }

  /** What is on the screen now. */
  show(document: Document): void {
    if (document === this.#screen) return;
    this.#screen = document;
    const { what } = this.state.get();
    if (what === 'conflict' || this.#running) return;
    if (this.#isStored) this.#rest();
    else if (what !== 'failed' || !this.#timer) this.#soon();
  }

  /** Saves now what isn't saved yet; true: everything is. */
  async flush(): Promise<boolean> {
    if (this.state.get().what === 'conflict') return false;
    if (this.#running) await this.#running;
    if (!this.isSaved) await this.#save();
    return this.isSaved;
  }

  /** What the server has is what the screen shows as `document` from now on. */
  take(stored: Stored, document: Document): void {
    this.stored.set(stored);
    this.#screen = document;
    this.#landed(stored, document);
  }

  /** In a conflict, after somebody has looked: saves over what the other one has saved. */
  async overwrite(): Promise<boolean> {
    const state = this.state.get();
    if (state.what !== 'conflict') return false;
    this.stored.set(state.theirs);
    await this.#save();
    return this.isSaved;
  }

  /** Keeps in the browser what isn't saved. */
  keepCopy(): void {
    const { revision } = this.stored.get();
    if (!this.isSaved) this.#parts.copies.keep({ document: this.#screen, revision, at: new Date() });
  }

  /** The page goes: what isn't saved is tried once more, and is kept in the browser until it is. */
  close(): void {
    this.keepCopy();
    void this.flush().finally(() => this.#cancel());
  }

  get #isStored(): boolean {
    return this.#screen === this.#saved && this.#unanswered.length === 0;
  }

  #soon(): void {
    this.state.set({ what: 'changed' });
    this.#later(AFTER_MS);
  }

  #later(milliseconds: number): void {
    this.#cancel();
    this.#timer = setTimeout(() => void this.#save(), milliseconds);
  }

  #cancel(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #save(): Promise<void> {
    this.#cancel();
    this.#running ??= this.#attempt(this.#screen).finally(() => {
      this.#running = null;
      this.#goOn();
    });
    return this.#running;
  }

  /** After an attempt: what was drawn meanwhile comes next. */
  #goOn(): void {
    const state = this.state.get();
    if (state.what === 'failed' && state.again) this.#later(AGAIN_MS);
    else if (state.what === 'saved' && !this.#isStored) this.#soon();
  }

  async #attempt(document: Document): Promise<void> {
    const { server, name } = this.#parts;
    this.keepCopy();
    this.state.set({ what: 'saving' });
    const { id, revision } = this.stored.get();
    try {
      const { revision: next, at } = await server.save({ id, revision, document });
      const now = this.stored.get();
      // Else what the server has was taken meanwhile.
      if (now.revision === revision)
        this.#landed({ ...now, document, revision: next, draft: { revision: next, at, by: name } }, document);
    } catch (error) {
      if (errorCode(error) === 'CHANGED') await this.#changedElsewhere(document);
      else this.#failed(error, document);
    }
  }

  #landed(stored: Stored, document: Document): void {
    this.stored.set(stored);
    this.#saved = document;
    this.#unanswered = [];
    this.#rest();
  }

  /** Nothing is to be done for what has been saved. */
  #rest(): void {
    this.#cancel();
    this.state.set({ what: 'saved', at: this.stored.get().draft?.at ?? null });
    if (this.#isStored) this.#parts.copies.drop();
  }

  /** By somebody else, or by a save of ours whose answer was lost. */
  async #changedElsewhere(document: Document): Promise<void> {
    try {
      const theirs = await this.#parts.server.get();
      const ours = [document, ...this.#unanswered].find((each) => this.#parts.same(each, theirs.document));
      if (ours) this.#landed(theirs, ours);
      else this.state.set({ what: 'conflict', theirs });
    } catch (error) {
      this.#failed(error, document);
    }
  }

  #failed(error: unknown, document: Document): void {
    const again = PASSING.has(errorCode(error));
    if (again && !this.#unanswered.includes(document)) this.#unanswered.push(document);
    this.state.set({ what: 'failed', error, again });
  }
}
