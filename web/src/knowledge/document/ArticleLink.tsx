import type { MouseEvent, ReactNode } from 'react';
import { articlePath } from '../paths.ts';

type Props = { id: string; onArticle(id: string): void; children: ReactNode };

/** Leads to an article: here, as whoever shows the link does it, or in a tab of its own with Ctrl or the middle button. */
export function ArticleLink({ id, onArticle, children }: Props) {
  const go = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    onArticle(id);
  };
  return (
    <a href={articlePath(id)} onClick={go}>
      {children}
    </a>
  );
}
