import type { KnowledgeKind } from '@rexian/contracts';
import type { ReactNode } from 'react';
import { KindMark } from './HitRow.tsx';
import type { Looking } from './useLookup.ts';

interface Row {
  kind: KnowledgeKind;
  id: string;
  title: ReactNode;
  /** At the right. */
  note?: ReactNode;
}

/** Titles alone, each to be opened: what is suggested, what is hot. */
export function PlainList({ name, rows, looking }: { name: string; rows: readonly Row[]; looking: Looking }) {
  return (
    <ol className="lookup-list" aria-label={name}>
      {rows.map(({ kind, id, title, note }, index) => (
        <li key={id} data-active={index === looking.active || undefined}>
          <button
            type="button"
            className="lookup-hit"
            onClick={() => looking.open({ kind, id, searchId: null, hit: null }, index)}
          >
            <span className="lookup-title">
              <KindMark kind={kind} />
              <span>{title}</span>
              {note && <span className="lookup-note num muted">{note}</span>}
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}
