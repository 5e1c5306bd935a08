import { ArrowLeftOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { Attach } from './Actions.tsx';
import { AnswerView } from './AnswerView.tsx';
import { ArticleView } from './ArticleView.tsx';
import type { Looking } from './useLookup.ts';

type Props = { looking: Looking; attach: Attach | null; onBack(): void };

/** What was opened last, and the way back. */
export function Reading({ looking, attach, onBack }: Props) {
  const opened = looking.trail.at(-1);
  if (!opened) return null;
  const View = opened.kind === 'article' ? ArticleView : AnswerView;
  return (
    <>
      <div className="lookup-back">
        <Button size="small" icon={<ArrowLeftOutlined />} onClick={onBack}>
          返回 <kbd>Esc</kbd>
        </Button>
      </div>
      {/* The same one may be opened from itself, over another. */}
      <View key={looking.trail.length} {...{ opened, looking, attach }} />
    </>
  );
}
