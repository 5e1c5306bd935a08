/** Tables of knowledge, as migrations/0019_knowledge.ts makes them; its open editors: 0022_knowledge_editors.ts. */
import type {
  ArticleContent,
  ArticleDocument,
  ArticleSharing,
  ArticleState,
  FeedbackKind,
  FeedbackState,
} from '@rexian/contracts';
import type { ColumnType } from 'kysely';

type Defaulted<T> = ColumnType<T, T | undefined, T>;
/** The driver reads it as an instant: queries ask for its text. */
type Day = ColumnType<Date | null, string | null | undefined, string | null>;

export interface KnowledgeTables {
  knowledge_libraries: {
    id: string;
    unit_id: string;
    name: string;
    position: Defaulted<number>;
    enabled: Defaulted<boolean>;
    review_steps: number;
    role_ids: Defaulted<string[]>;
  };
  knowledge_categories: {
    id: string;
    library_id: string;
    parent_id: string | null;
    name: string;
    position: Defaulted<number>;
    enabled: Defaulted<boolean>;
  };
  knowledge_articles: {
    id: string;
    unit_id: string;
    library_id: string;
    category_id: string;
    state: Defaulted<ArticleState>;
    title: string;
    summary: string;
    body: ColumnType<ArticleDocument, string, string>;
    /** What the body says, without its shape. */
    body_text: string;
    tags: string[];
    regions: string[];
    valid_from: Day;
    valid_to: Day;
    source: string;
    review_on: Day;
    sharing: ArticleSharing;
    role_ids: string[];
    file_ids: string[];
    /** Shown in the body, and led to by it. */
    image_ids: string[];
    link_ids: string[];
    version: number | null;
    published_at: Date | null;
    withdrawn_reason: string | null;
    draft_revision: Defaulted<number>;
    changed_at: Defaulted<Date>;
    told_of: Day;
  };
  knowledge_drafts: {
    article_id: string;
    content: ColumnType<ArticleContent, string, string>;
    author_ids: string[];
    saved_at: Date;
    saved_by: string;
    note: Defaulted<string>;
    returned_reason: string | null;
    review_step: number | null;
    review_steps: number | null;
    sent_by: string | null;
    first_reviewer: string | null;
  };
  knowledge_editors: {
    article_id: string;
    client: string;
    person_id: string;
    since: Defaulted<Date>;
    seen_at: Defaulted<Date>;
  };
  knowledge_versions: {
    article_id: string;
    version: number;
    content: ColumnType<ArticleContent, string, string>;
    author_ids: string[];
    published_at: Date;
    published_by: string;
    note: string;
  };
  knowledge_feedback: {
    id: string;
    article_id: string;
    version: number;
    kind: FeedbackKind;
    text: string;
    contact_id: string | null;
    by_person: string;
    at: Defaulted<Date>;
    state: Defaulted<FeedbackState>;
    answer: string | null;
    answered_by: string | null;
    answered_at: Date | null;
  };
}
