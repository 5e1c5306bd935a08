import type { Publication } from '@rexian/contracts';
import { ListFooter } from '../listing/ListFooter.tsx';
import { fullDateTime } from '../platform/format.ts';
import { Tag } from '../platform/Tag.tsx';
import './history.css';

type Props = {
  list: { rows: readonly Publication[]; hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage(): void };
  chosen: number;
  /** null: none is published any more. */
  inUse: number | null;
  onChoose(version: number): void;
};

/** Published versions, newest first: when, by whom and why. */
export function VersionList({ list, chosen, inUse, onChoose }: Props) {
  return (
    <nav className="history-versions" aria-label="版本">
      {list.rows.map(({ version, restoredFrom, publishedAt, publishedBy, note }) => (
        <button type="button" key={version} aria-current={version === chosen} onClick={() => onChoose(version)}>
          <span>
            <b>版本 {version}</b>
            {version === inUse && <Tag tone="ready">使用中</Tag>}
            {restoredFrom !== null && <span className="muted">回退自版本 {restoredFrom}</span>}
          </span>
          <span className="muted num">
            {fullDateTime(publishedAt)} {publishedBy}
          </span>
          {note && <span>{note}</span>}
        </button>
      ))}
      <ListFooter
        shown={list.rows.length}
        more={list.hasNextPage}
        busy={list.isFetchingNextPage}
        onMore={list.fetchNextPage}
      />
    </nav>
  );
}
