/** Tables of the bank of answers, as migrations/0020_answers.ts makes them. */
import type { AnswerContent, AnswerState, AnswerTurn, ArticleSharing, ProposalState } from '@rexian/contracts';
import type { ColumnType } from 'kysely';

type Defaulted<T> = ColumnType<T, T | undefined, T>;
/** The driver reads it as an instant: queries ask for its text. */
type Day = ColumnType<Date | null, string | null | undefined, string | null>;

export interface AnswerTables {
  answers: {
    id: string;
    unit_id: string;
    library_id: string;
    category_id: string;
    question: string;
    phrasings: string[];
    turn: ColumnType<AnswerTurn, string, string>;
    answer_text: string;
    article_id: string | null;
    tags: string[];
    valid_from: Day;
    valid_to: Day;
    sharing: ArticleSharing;
    replaces_id: string | null;
    state: Defaulted<AnswerState>;
    disabled_reason: Defaulted<string>;
    version: number;
    changed_at: Defaulted<Date>;
  };
  answer_versions: {
    answer_id: string;
    version: number;
    content: ColumnType<AnswerContent, string, string>;
    at: Date;
    by: string;
    from_unit: string;
  };
  answer_proposals: {
    id: string;
    answer_id: string | null;
    /** Who is to have it, and who proposes. */
    unit_id: string;
    from_unit_id: string;
    content: ColumnType<AnswerContent, string, string>;
    base: number | null;
    note: Defaulted<string>;
    state: Defaulted<ProposalState>;
    reason: Defaulted<string>;
    by_person: string;
    at: Defaulted<Date>;
    decided_by: string | null;
    decided_at: Date | null;
    import_id: Defaulted<string | null>;
    import_row: Defaulted<number | null>;
  };
  thesaurus_terms: {
    id: string;
    unit_id: string;
    term: string;
    synonyms: string[];
    enabled: Defaulted<boolean>;
    changed_at: Defaulted<Date>;
  };
}
