import { type Feedback, feedbackKind, feedbackState } from '@rexian/contracts';
import { Button } from 'antd';
import { useState } from 'react';
import { ListFooter } from '../../listing/ListFooter.tsx';
import { paged, paging, usePages } from '../../listing/usePages.ts';
import { api } from '../../platform/api.ts';
import { Failed } from '../../platform/Failed.tsx';
import { dateMinute } from '../../platform/format.ts';
import { Tag } from '../../platform/Tag.tsx';
import { feedbackTone } from '../words.ts';
import { AnswerForm } from './AnswerForm.tsx';
import './feedback.css';

/** What was said of one article: all of it for those who write it, one's own for readers. */
export function ArticleFeedback({ articleId }: { articleId: string }) {
  const list = usePages(
    api.knowledgeFeedback.list.infiniteOptions({ input: paged({ articleId, limit: 20 }), ...paging }),
  );
  const [answering, setAnswering] = useState<Feedback | null>(null);
  if (list.isLoadingError) return <Failed error={list.error} retry={list.refetch} />;
  if (list.rows.length === 0) return null;
  return (
    <section className="panel feedback-panel" aria-label="反馈">
      <h2>反馈</h2>
      <ul>
        {list.rows.map((feedback) => (
          <Said key={feedback.id} feedback={feedback} onAnswer={() => setAnswering(feedback)} />
        ))}
      </ul>
      {list.hasNextPage && (
        <ListFooter shown={list.rows.length} more busy={list.isFetchingNextPage} onMore={list.fetchNextPage} />
      )}
      {answering && <AnswerForm feedback={answering} onClose={() => setAnswering(null)} />}
    </section>
  );
}

function Said({ feedback, onAnswer }: { feedback: Feedback; onAnswer(): void }) {
  const { kind, text, by, at, version, state, answer, answeredBy, can } = feedback;
  return (
    <li>
      <p>
        <b>{feedbackKind.labels[kind]}</b> <Tag tone={feedbackTone[state]}>{feedbackState.labels[state]}</Tag>
        {can.answer && (
          <Button size="small" type="link" onClick={onAnswer}>
            答复
          </Button>
        )}
      </p>
      <p>{text}</p>
      <p className="muted num">
        {by} {dateMinute(at)}，版本 {version}
      </p>
      {answer !== null && (
        <p className="feedback-answer">
          {answer} <span className="muted">{answeredBy}</span>
        </p>
      )}
    </li>
  );
}
