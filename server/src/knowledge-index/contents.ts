/** What the thread keeps, and how it answers from it. */
import { best, KnowledgeIndex, leastOf } from '@rexian/knowledge/find.ts';
import { fold, latinRuns } from '@rexian/knowledge/fold.ts';
import { marked, markedAt, needlesOf, snippet } from '@rexian/knowledge/highlight.ts';
import { joined, type Nearness } from '@rexian/knowledge/nearness.ts';
import { ranked } from '@rexian/knowledge/rank.ts';
import { Thesaurus, type ThesaurusEntry, termName } from '@rexian/knowledge/thesaurus.ts';
import { type Fitting, Titles } from '@rexian/knowledge/titles.ts';
import type {
  Entry,
  FoundEntry,
  IndexFilter,
  IndexFilters,
  IndexReach,
  MarkedItem,
  MarkQuestion,
  SearchAnswer,
  SearchQuestion,
  SuggestedEntry,
  SuggestQuestion,
} from './questions.ts';
import type { IndexRow } from './rows.ts';

/** What letters may stand for: so many words at most. */
const WORDS_FOR_LETTERS = 3;
/** Characters of a text that snippets are looked for in, and of a snippet. */
const MARKED_CHARACTERS = 20_000;
const SNIPPET = 70;
const SNIPPETS = 3;

export class Contents {
  #entries = new Map<string, Entry & { stamp: string }>();
  readonly #index = new KnowledgeIndex(new Thesaurus([]));
  readonly #titles = new Titles();
  #terms: readonly ThesaurusEntry[] = [];
  #uses: ReadonlyMap<string, number> = new Map();

  get size(): number {
    return this.#entries.size;
  }

  get ids(): string[] {
    return [...this.#entries.keys()];
  }

  get terms(): readonly ThesaurusEntry[] {
    return this.#terms;
  }

  stampOf(id: string): string | undefined {
    return this.#entries.get(id)?.stamp;
  }

  put({ findable, ...entry }: IndexRow): void {
    this.#index.put(findable);
    this.#titles.put(entry.id, entry.title);
    this.#entries.set(entry.id, entry);
  }

  remove(id: string): void {
    this.#index.remove(id);
    this.#titles.remove(id);
    this.#entries.delete(id);
  }

  /** For what is put and asked from now on. */
  useTerms(terms: readonly ThesaurusEntry[]): void {
    this.#terms = terms;
    this.#index.useThesaurus(new Thesaurus(terms));
  }

  useUses(uses: ReadonlyMap<string, number>): void {
    this.#uses = uses;
  }

  /** `near`: what means the same, where an embedder tells it. */
  search(question: SearchQuestion, near: Nearness): SearchAnswer {
    const { text, filters, reach, unitId, most, today } = question;
    const owners = new Set(question.owners);
    const understood = this.#understood(text);
    const scored = this.#index.scores(understood, owners);
    const among = question.among && new Set(question.among);
    const within = reachOf(reach);
    const now = new Date();
    const standing = new Map<string, number>();
    for (const [id, score] of joined(scored, near)) {
      const entry = this.#entries.get(id);
      if (!entry || (among && !among.has(id)) || !within(entry) || !holds(entry, question.validity, today)) continue;
      const { changedAt } = entry;
      const uses = this.#uses.get(id) ?? 0;
      standing.set(id, ranked({ score, changedAt, uses, local: entry.unitId === unitId }, now));
    }
    const taken = new Map<string, FoundEntry>();
    // What a facet counts is what would be found if nothing were chosen of it.
    for (const left of [null, ...(Object.keys(filters) as IndexFilter[])]) {
      const passes = (id: string) => fits(this.#entries.get(id) as Entry, filters, left);
      for (const { id, score } of best(standing, most, passes)) {
        const { kind } = this.#entries.get(id) as Entry;
        taken.set(id, { id, kind, score, uses: this.#uses.get(id) ?? 0 });
      }
    }
    const terms = this.#index.thesaurus.termsIn(fold(understood), owners).map(termName);
    const found = [...taken.values()].sort((a, b) => b.score - a.score);
    return { found, whole: scored.whole, terms: [...new Set(terms)], understood };
  }

  /** Letters that no title has as they stand are read as the words that titles have for them. */
  #understood(text: string): string {
    const letters = latinRuns(fold(text)).filter((run) => /^[a-z]{2,20}$/.test(run));
    const words = [...new Set(letters)].slice(0, 2).flatMap((run) => this.#titles.wordsFor(run, WORDS_FOR_LETTERS));
    return [text, ...words].join(' ');
  }

  suggest({ text, reach, owners, unitId, today, libraryId, most }: SuggestQuestion): SuggestedEntry[] {
    const within = reachOf(reach);
    const accepts = (id: string) => {
      const entry = this.#entries.get(id) as Entry;
      return within(entry) && holds(entry, 'valid', today) && fits(entry, { libraryId }, null);
    };
    const found = new Map<string, Fitting>();
    for (const each of this.#titles.fitting(text, accepts)) found.set(each.id, each);
    if (found.size < most)
      for (const word of this.#meant(text, new Set(owners)))
        for (const each of this.#titles.fitting(word, accepts))
          if (!found.has(each.id)) found.set(each.id, { ...each, fit: 0 });
    const all = [...found.values()];
    const places = all.map((each) => this.#place(each, unitId));
    const least = leastOf(places, most);
    return all
      .flatMap((each, index) => {
        const place = places[index] as number;
        return place >= least ? [{ ...each, place }] : [];
      })
      .sort((a, b) => b.place - a.place || (a.id < b.id ? -1 : 1))
      .slice(0, most)
      .map(({ id, text: title, range }) => {
        const { kind } = this.#entries.get(id) as Entry;
        return { id, kind, text: title, parts: markedAt(title, range) };
      });
  }

  /** A number to suggest by: what fits better, then what is used more, then what is of the unit's own, then what is short. */
  #place({ id, fit, text }: Fitting, unitId: string): number {
    const uses = Math.min(this.#uses.get(id) ?? 0, 999_999);
    const local = Number(this.#entries.get(id)?.unitId === unitId);
    return ((fit * 1_000_000 + uses) * 2 + local) * 1_024 - Math.min(text.length, 1_000);
  }

  /** Terms and their words, where what was typed is such a word. */
  #meant(text: string, owners: ReadonlySet<string>): string[] {
    const typed = fold(text).trim();
    const { thesaurus } = this.#index;
    const words = thesaurus
      .termsIn(typed, owners)
      .flatMap((term) => [fold(termName(term)), ...thesaurus.wordsOf(term)]);
    return [...new Set(words)].filter((word) => word !== typed).slice(0, 4);
  }

  mark({ text, owners, items }: MarkQuestion): MarkedItem[] {
    const needles = needlesOf(text, this.#index.thesaurus, new Set(owners));
    return items.map(({ title, fields }) => {
      const found = fields.flatMap(({ field, text: said }) => {
        const place = snippet(said.slice(0, MARKED_CHARACTERS), needles, SNIPPET);
        return place ? [{ field, ...place }] : [];
      });
      const snippets = found
        .sort((a, b) => b.says - a.says)
        .slice(0, SNIPPETS)
        .map(({ field, parts }) => ({ field, parts }));
      return { title: marked(title, needles), snippets };
    });
  }
}

function reachOf(reach: IndexReach): (entry: Entry) => boolean {
  const [units, libraries, roles] = [reach.unitIds, reach.libraryIds, reach.roleIds].map((ids) => new Set(ids)) as [
    Set<string>,
    Set<string>,
    Set<string>,
  ];
  return ({ unitId, libraryId, roleIds, sharing }) => {
    if (reach.public) return sharing === 'public' && roleIds.length === 0;
    if (!libraries.has(libraryId) || (sharing === 'subtree' && !units.has(unitId))) return false;
    return roleIds.length === 0 || reach.writes || roleIds.some((id) => roles.has(id));
  };
}

function holds({ inUse, validFrom, validTo }: Entry, validity: SearchQuestion['validity'], today: string): boolean {
  const [later, past] = [validFrom !== null && validFrom > today, validTo !== null && validTo < today];
  if (validity === 'past') return past;
  return inUse && (validity === 'later' ? later : !later && !past);
}

/** `left`: a filter that doesn't count. */
function fits(entry: Entry, filters: IndexFilters, left: IndexFilter | null): boolean {
  const { kind, libraryId, categoryIds, region } = filters;
  if (kind && left !== 'kind' && entry.kind !== kind) return false;
  if (libraryId && left !== 'libraryId' && entry.libraryId !== libraryId) return false;
  if (categoryIds && left !== 'categoryIds' && !categoryIds.includes(entry.categoryId)) return false;
  return !region || left === 'region' || entry.regions.length === 0 || entry.regions.includes(region);
}
