import { Badge, Tabs } from 'antd';
import { useSearchParams } from 'react-router';
import { may, useViewer } from '../../auth/viewer.ts';
import { useTitle } from '../../platform/useTitle.ts';
import { useAnswerCounts } from '../AnswerCount.tsx';
import { Mine } from '../proposals/Mine.tsx';
import { Review } from '../proposals/Review.tsx';
import { Answers } from './Answers.tsx';
import { readTab, type Tab, tabs } from './filters.ts';

/** 问答库: what is in use, what waits for the viewer's word, and what they have proposed. */
export function AnswerLists() {
  useTitle('问答库');
  const viewer = useViewer();
  const [query, setQuery] = useSearchParams();
  const { toDecide, returned } = useAnswerCounts();
  const shown: Record<Tab, boolean> = {
    answers: true,
    review: may(viewer, 'knowledge.review'),
    mine: may(viewer, 'knowledge.edit'),
  };
  const asked = readTab(query);
  const tab = shown[asked] ? asked : 'answers';
  const counts: Partial<Record<Tab, number>> = { review: toDecide, mine: returned };
  const items = Object.entries(tabs)
    .filter(([key]) => shown[key as Tab])
    .map(([key, label]) => ({
      key,
      label: (
        <span title={key === 'mine' && returned > 0 ? `被退回 ${returned} 条` : undefined}>
          {label}{' '}
          <Badge count={counts[key as Tab] ?? 0} color={key === 'mine' ? 'var(--state-fault)' : 'var(--accent)'} />
        </span>
      ),
    }));
  return (
    <section className="list-page answer-lists">
      {items.length > 1 && (
        <header className="answer-tabs panel">
          <Tabs items={items} activeKey={tab} onChange={(key) => setQuery(key === 'answers' ? {} : { tab: key })} />
        </header>
      )}
      {tab === 'answers' && <Answers />}
      {tab === 'review' && <Review />}
      {tab === 'mine' && <Mine />}
    </section>
  );
}
