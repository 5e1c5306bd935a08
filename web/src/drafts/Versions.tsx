import type { FlowSummary } from '@rexian/contracts';
import { dateTime } from '../platform/format.ts';
import { Tag } from '../platform/Tag.tsx';
import './lists.css';

/** The same of flows and workflows. */
type Drafted = Pick<FlowSummary, 'published' | 'draft'>;

/** 已发布 v3 · 草稿有改动 */
export function Versions({ published, draft }: Drafted) {
  return (
    <span className="draft-versions">
      {published ? <Tag tone="ready">已发布 v{published.version}</Tag> : <Tag tone="quiet">未发布</Tag>}
      {draft && published && <Tag tone="waiting">草稿有改动</Tag>}
    </span>
  );
}

export function lastChange({ published, draft }: Drafted): string {
  const last = draft ?? published;
  return last ? `${dateTime(last.at)} ${last.by}` : '';
}
