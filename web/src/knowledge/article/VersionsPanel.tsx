import type { Article, ArticleVersion } from '@rexian/contracts';
import { useState } from 'react';
import { fullDateMinute } from '../../platform/format.ts';
import { VersionsDrawer } from './VersionsDrawer.tsx';

type Props = { article: Article; versions: readonly ArticleVersion[] };

/** Every version that was published; each can be looked at and compared. */
export function VersionsPanel({ article, versions }: Props) {
  const [opened, setOpened] = useState<number | null>(null);
  if (versions.length === 0) return null;
  return (
    <section className="panel" aria-label="历史版本">
      <h2>
        历史版本 <small>{versions.length}</small>
      </h2>
      <ul className="article-versions">
        {versions.map(({ version, publishedAt, publishedBy, authors, note }) => (
          <li key={version}>
            <button type="button" onClick={() => setOpened(version)}>
              <span>
                <b>版本 {version}</b> <span className="muted num">{fullDateMinute(publishedAt)}</span>
              </span>
              <span className="muted">
                {authors.join('、')}编写，{publishedBy}审核
              </span>
              {note && <span>{note}</span>}
            </button>
          </li>
        ))}
      </ul>
      {opened !== null && <VersionsDrawer article={article} first={opened} onClose={() => setOpened(null)} />}
    </section>
  );
}
