import { ArrowLeftOutlined } from '@ant-design/icons';
import { type Article, articleState } from '@rexian/contracts';
import { Button } from 'antd';
import { Link } from 'react-router';
import { Tag } from '../../platform/Tag.tsx';
import { useGoing } from '../useGoing.ts';
import { articleTone } from '../words.ts';
import { Acts } from './Acts.tsx';

/** Which article it is, how it stands, and what can be done with it. */
export function Head({ article }: { article: Article }) {
  const { title, state, unit, version, writing } = article;
  const going = useGoing();
  return (
    <header className="article-head panel">
      <Link to={going.list} aria-label="返回知识列表" title="返回知识列表">
        <Button type="text" icon={<ArrowLeftOutlined />} tabIndex={-1} />
      </Link>
      <div className="article-head-words">
        <b>{writing?.draft?.content.title ?? title}</b>
        <Tag tone={articleTone[state]}>{articleState.labels[state]}</Tag>
        <span className="muted">{unit.name}</span>
        {version !== null && <span className="muted num">v{version}</span>}
      </div>
      <Acts article={article} />
    </header>
  );
}
