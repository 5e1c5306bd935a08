/** What is asked of the index, and what it answers: between an API process and the thread that keeps it. */
import type { ArticleSharing, ArticleValidity, KnowledgeKind, Parts } from '@rexian/contracts';

/**
 * As much of what the viewer may read as the index can tell: whatever it lets through is read under row-level security afterwards, and
 * whatever that would let through gets through here.
 */
export interface IndexReach {
  /** In reach, or above the viewer's. */
  unitIds: readonly string[];
  libraryIds: readonly string[];
  /** Sees what isn't shared with everybody's roles, too: a writer. */
  writes: boolean;
  roleIds: readonly string[];
  /** Only what is shared with the public. */
  public: boolean;
}

export interface IndexFilters {
  kind?: KnowledgeKind | undefined;
  libraryId?: string | undefined;
  /** The category and all below it. */
  categoryIds?: readonly string[] | undefined;
  region?: string | undefined;
}
export type IndexFilter = keyof IndexFilters;

interface Asked {
  text: string;
  reach: IndexReach;
  /** Whose words of the thesaurus count: units. */
  owners: readonly string[];
  /** Whose callers it is for. */
  unitId: string;
  /** In Beijing. */
  today: string;
}

export interface SearchQuestion extends Asked {
  ask: 'search';
  filters: IndexFilters;
  validity: ArticleValidity;
  /** Nothing else, whatever it says; left out: everything. */
  among?: readonly string[];
  /** How many at most, with all filters, and again without each of them. */
  most: number;
}
export interface FoundEntry {
  id: string;
  kind: KnowledgeKind;
  score: number;
  uses: number;
}
export interface SearchAnswer {
  /** Best first. */
  found: FoundEntry[];
  /** What a text of usual length scores that says all that was asked, once. */
  whole: number;
  terms: string[];
  /** What was asked, with the words that its letters stand for. */
  understood: string;
}

export interface SuggestQuestion extends Asked {
  ask: 'suggest';
  libraryId?: string | undefined;
  most: number;
}
export interface SuggestedEntry {
  id: string;
  kind: KnowledgeKind;
  text: string;
  parts: Parts;
}

export interface MarkQuestion {
  ask: 'mark';
  text: string;
  owners: readonly string[];
  items: { title: string; fields: { field: string; text: string }[] }[];
}
export interface MarkedItem {
  title: Parts;
  /** What says most first. */
  snippets: { field: string; parts: Parts }[];
}

export type Question = SearchQuestion | SuggestQuestion | MarkQuestion;
export type Answer<Q extends Question> = Q extends SearchQuestion
  ? SearchAnswer
  : Q extends SuggestQuestion
    ? SuggestedEntry[]
    : MarkedItem[];

export type ToIndex =
  | { tell: 'question'; number: number; question: Question }
  | { tell: 'changed'; what: 'articles' | 'answers'; ids: string[] }
  | { tell: 'changed'; what: 'terms' }
  /** Something may have been missed. */
  | { tell: 'look' };
export type FromIndex =
  | { tell: 'answer'; number: number; answer: unknown }
  | { tell: 'failed'; number: number; error: string }
  | { tell: 'ready'; entries: number; ms: number }
  | { tell: 'embedded'; embedder: string; dimensions: number; entries: number; ms: number }
  | { tell: 'fault'; error: string };

/** The model that reads what texts mean, where there is one. */
export interface EmbedderPlace {
  folder: string;
  /** The cosine that texts reach in this model which have nothing to do with each other. */
  unrelated: number;
}

/** What the thread begins with. */
export interface IndexData {
  /** The engine's database. */
  url: string;
  embedder: EmbedderPlace | null;
  lookMs: number;
}

/** What the index knows of what it finds. */
export interface Entry {
  id: string;
  kind: KnowledgeKind;
  unitId: string;
  libraryId: string;
  categoryId: string;
  regions: string[];
  roleIds: string[];
  sharing: ArticleSharing;
  /** Published or in use: what has expired is found by its validity alone. */
  inUse: boolean;
  validFrom: string | null;
  validTo: string | null;
  changedAt: Date;
  title: string;
}
