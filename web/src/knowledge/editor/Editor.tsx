import { Alert, Input } from 'antd';
import { useEffect, useRef } from 'react';
import { LeavingGuard } from '../../drafts/LeavingGuard.tsx';
import { Facts } from './Facts.tsx';
import type { OpenedDraft } from './opened.ts';
import { DraftConflict, DraftLeft } from './Questions.tsx';
import { Toolbar } from './Toolbar.tsx';
import { RichText } from './text/RichText.tsx';
import { useArticleDraft } from './useArticleDraft.ts';
import './editor.css';

/** Title, answer in short and body in the middle, everything else that belongs to the article at the right. */
export function Editor({ opened }: { opened: OpenedDraft }) {
  const draft = useArticleDraft(opened);
  const { content, change, article } = draft;
  const returned = article.writing?.draft?.returnedReason;
  useSaveKey(draft.save);
  return (
    <div className="article-editor">
      <Toolbar draft={draft} />
      <main>
        <DraftConflict draft={draft} />
        {returned && <Alert type="warning" showIcon title={`退回原因：${returned}`} />}
        <div className="article-sheet">
          <Input.TextArea
            className="article-title-field"
            variant="borderless"
            aria-label="标题"
            placeholder="标题"
            maxLength={100}
            autoSize
            value={content.title}
            onChange={({ target }) => change({ title: target.value.replaceAll('\n', '') })}
          />
          <Input.TextArea
            className="article-summary-field"
            aria-label="摘要"
            placeholder="摘要：一两句话直接回答，坐席先看到它"
            maxLength={300}
            autoSize={{ minRows: 2, maxRows: 5 }}
            value={content.summary}
            onChange={({ target }) => change({ summary: target.value })}
          />
          <RichText text={draft.text} />
        </div>
      </main>
      <Facts draft={draft} />
      <DraftLeft draft={draft} />
      <LeavingGuard saved={draft.saved} save={draft.save} />
    </div>
  );
}

/** Ctrl+S. */
function useSaveKey(save: () => Promise<boolean>): void {
  const latest = useRef(save);
  latest.current = save;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 's') return;
      event.preventDefault();
      void latest.current();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, []);
}
