/** Tables of how knowledge is used, as migrations/0021_knowledge_uses.ts makes them. */
import type { KnowledgeKind, KnowledgeUse } from '@rexian/contracts';
import type { ColumnType } from 'kysely';

type Defaulted<T> = ColumnType<T, T | undefined, T>;
type Day = ColumnType<Date, string, string>;
type Counts = { [Act in KnowledgeUse]: Defaulted<number> };

export interface KnowledgeUseTables {
  knowledge_searches: {
    id: string;
    at: Defaulted<Date>;
    person_id: string;
    unit_id: string;
    contact_id: string | null;
    found: number;
  };
  knowledge_uses: {
    person_id: string;
    item_id: string;
    act: KnowledgeUse;
    /** The call or the search that it counts once in. */
    within_id: string;
    at: Defaulted<Date>;
    order_id: string | null;
  };
  knowledge_item_days: Counts & {
    day: Day;
    unit_id: string;
    item_id: string;
    kind: KnowledgeKind;
    /** Null: shown alone. */
    last_at: Defaulted<Date | null>;
  };
  knowledge_person_days: Counts & {
    day: Day;
    unit_id: string;
    person_id: string;
    library_id: string | null;
    searches: Defaulted<number>;
    missed: Defaulted<number>;
  };
  knowledge_missing: {
    id: string;
    unit_id: string;
    folded: string;
    text: string;
    times: Defaulted<number>;
    person_ids: string[];
    first_at: Defaulted<Date>;
    last_at: Defaulted<Date>;
    settled_at: Date | null;
    settled_by: string | null;
    note: Defaulted<string>;
  };
}
