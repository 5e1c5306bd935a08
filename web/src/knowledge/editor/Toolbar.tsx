import { ArrowLeftOutlined } from '@ant-design/icons';
import { articleState } from '@rexian/contracts';
import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { DraftState } from '../../drafts/DraftState.tsx';
import { Presence } from '../../drafts/Presence.tsx';
import { Tag } from '../../platform/Tag.tsx';
import { SubmitDialog } from '../article/SubmitDialog.tsx';
import { useGoing } from '../useGoing.ts';
import { articleTone } from '../words.ts';
import type { ArticleDraft } from './useArticleDraft.ts';
import '../../drafts/toolbar.css';

/** Which article is being written, whether it is kept, and the way on. */
export function Toolbar({ draft }: { draft: ArticleDraft }) {
  const { article, page, stored, state, save, saved } = draft;
  const { id, unit, version } = article;
  const going = useGoing();
  const [submitting, setSubmitting] = useState(false);
  // What is sent in is what is on the screen.
  const submit = async () => setSubmitting(await save());
  return (
    <header className="editor-toolbar">
      <Link to={going.article(id)} aria-label="返回知识" title="返回知识">
        <ArrowLeftOutlined />
      </Link>
      <strong>{version === null ? '编写知识' : `修订知识（版本 ${version}）`}</strong>
      <span className="muted">{unit.name}</span>
      <Tag tone={articleTone[article.state]}>{articleState.labels[article.state]}</Tag>
      <DraftState stored={stored} state={state} save={save} />
      <Presence feature="knowledge" id={id} page={page} />
      <div className="editor-tools">
        <Link to={going.article(id)}>
          <Button tabIndex={-1}>查看</Button>
        </Link>
        <Button type="primary" onClick={() => void submit()}>
          提交审核
        </Button>
      </div>
      {submitting && saved && (
        <SubmitDialog
          article={{ id, version, writing: { revision: stored.revision } }}
          onSubmitted={() => going.toArticle(id)}
          onClose={() => setSubmitting(false)}
        />
      )}
    </header>
  );
}
