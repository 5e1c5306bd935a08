/** What the thread keeps, and how it answers from it. */
import { KnowledgeIndex } from '@rexian/knowledge/find.ts';
import { fold, latinRuns } from '@rexian/knowledge/fold.ts';
import { marked, markedAt, needlesOf, snippet } from '@rexian/knowledge/highlight.ts';
import { lift, type Nearness } from '@rexian/knowledge/nearness.ts';
import { ranked } from '@rexian/knowledge/rank.ts';
import { best, leastOf } from '@rexian/knowledge/scores.ts';
import { Thesaurus, type ThesaurusEntry, termName } from '@rexian/knowledge/thesaurus.ts';
import { type Fitting, Titles } from '@rexian/knowledge/titles.ts';
import { fits } from './fits.ts';
import type {
  Entry,
  FoundEntry,
  IndexFilter,
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

/** Of an answer to a question, before the best are chosen. */
interface Standing {
  id: string;
  score: number;
  entry: Kept;
}

interface Kept extends Entry {
  stamp: string;
  uses: number;
  circle: Circle;
}

export class Contents {
  /** By their places in the index. */
  readonly #entries: Kept[] = [];
  readonly #circles = new Map<string, Circle>();
  readonly #index = new KnowledgeIndex(new Thesaurus([]));
  readonly #titles = new Titles();
  #terms: readonly ThesaurusEntry[] = [];
  #uses: ReadonlyMap<string, number> = new Map();

  get size(): number {
    return this.ids.length;
  }

  get ids(): string[] {
    return [...this.#index.ids];
  }

  get terms(): readonly ThesaurusEntry[] {
    return this.#terms;
  }

  stampOf(id: string): string | undefined {
    return this.#entry(id)?.stamp;
  }

  #entry(id: string): Kept | undefined {
    const place = this.#index.placeOf(id);
    return place === undefined ? undefined : this.#entries[place];
  }

  put({ findable, ...entry }: IndexRow): void {
    const uses = this.#uses.get(entry.id) ?? 0;
    this.#entries[this.#index.put(findable)] = { ...entry, uses, circle: this.#circleOf(entry) };
    this.#titles.put(entry.id, entry.title);
  }

  #circleOf({ unitId, libraryId, sharing, roleIds }: Entry): Circle {
    const name = [unitId, libraryId, sharing, ...roleIds].join();
    const circle = this.#circles.get(name) ?? { unitId, libraryId, sharing, roleIds };
    this.#circles.set(name, circle);
    return circle;
  }

  remove(id: string): void {
    this.#index.remove(id);
    this.#titles.remove(id);
  }

  /** For what is put and asked from now on. */
  useTerms(terms: readonly ThesaurusEntry[]): void {
    this.#terms = terms;
    this.#index.useThesaurus(new Thesaurus(terms));
  }

  useUses(uses: ReadonlyMap<string, number>): void {
    this.#uses = uses;
    for (const entry of this.#entries) entry.uses = uses.get(entry.id) ?? 0;
  }

  /** `near`: what means the same, where an embedder tells it. */
  search(question: SearchQuestion, near: Nearness): SearchAnswer {
    const { text, filters, reach, unitId, most, today } = question;
    const owners = new Set(question.owners);
    const understood = this.#understood(text);
    const scored = this.#index.scores(understood, owners);
    lift(scored, near, (id) => this.#index.placeOf(id));
    const among = question.among && new Set(question.among);
    const within = reachOf(reach);
    const now = new Date();
    const standing: Standing[] = [];
    for (const place of scored.scores.places) {
      const entry = this.#entries[place] as Kept;
      if (!within(entry.circle) || !holds(entry, question.validity, today) || (among && !among.has(entry.id))) continue;
      const { id, changedAt, uses, unitId: owner } = entry;
      const score = ranked({ score: scored.scores.at(place), changedAt, uses, local: owner === unitId }, now);
      standing.push({ id, score, entry });
    }
    const taken = new Map<string, FoundEntry>();
    // What a facet counts is what would be found if nothing were chosen of it.
    for (const left of [null, ...(Object.keys(filters) as IndexFilter[])])
      for (const { id, score, entry } of best(standing, most, ({ entry }) => fits(entry, filters, left)))
        taken.set(id, { id, kind: entry.kind, score, uses: entry.uses });
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
      const entry = this.#entry(id) as Kept;
      return within(entry.circle) && holds(entry, 'valid', today) && fits(entry, { libraryId }, null);
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
        const { kind } = this.#entry(id) as Kept;
        return { id, kind, text: title, parts: markedAt(title, range) };
      });
  }

  /** A number to suggest by: what fits better, then what is used more, then what is of the unit's own, then what is short. */
  #place({ id, fit, text }: Fitting, unitId: string): number {
    const { uses, unitId: owner } = this.#entry(id) as Kept;
    const local = Number(owner === unitId);
    return ((fit * 1_000_000 + Math.min(uses, 999_999)) * 2 + local) * 1_024 - Math.min(text.length, 1_000);
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

/** Whom something is for. Few, each asked once a question: what is found is looked up in them. */
type Circle = Pick<Entry, 'unitId' | 'libraryId' | 'sharing' | 'roleIds'>;

function reachOf(reach: IndexReach): (circle: Circle) => boolean {
  const [units, libraries, roles] = [reach.unitIds, reach.libraryIds, reach.roleIds].map((ids) => new Set(ids)) as [
    Set<string>,
    Set<string>,
    Set<string>,
  ];
  const reaches = ({ unitId, libraryId, roleIds, sharing }: Circle): boolean => {
    if (reach.public) return sharing === 'public' && roleIds.length === 0;
    if (!libraries.has(libraryId) || (sharing === 'subtree' && !units.has(unitId))) return false;
    return roleIds.length === 0 || reach.writes || roleIds.some((id) => roles.has(id));
  };
  const known = new Map<Circle, boolean>();
  return (circle) => {
    const may = known.get(circle) ?? reaches(circle);
    known.set(circle, may);
    return may;
  };
}

function holds({ inUse, validFrom, validTo }: Entry, validity: SearchQuestion['validity'], today: string): boolean {
  const [later, past] = [validFrom !== null && validFrom > today, validTo !== null && validTo < today];
  if (validity === 'past') return past;
  return inUse && (validity === 'later' ? later : !later && !past);
}
