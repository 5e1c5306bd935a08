import { articleSharing, type Proposal } from '@rexian/contracts';
import { Tag as Chip } from 'antd';
import { Link } from 'react-router';
import { Line } from '../answer/Content.tsx';
import { TurnTree } from '../turn/TurnTree.tsx';
import { validityWords } from '../words.ts';

/** All that is proposed, where there is nothing to compare it with. */
export function ProposedContent({ proposal: { content, article, place } }: { proposal: Proposal }) {
  const { turn, phrasings, tags, sharing } = content;
  return (
    <div className="answer-content">
      <TurnTree turn={turn} />
      <Line label={`问法 ${phrasings.length} 个`}>
        {phrasings.map((each) => (
          <Chip key={each}>{each}</Chip>
        ))}
      </Line>
      <Line label="知识库 / 目录">{place}</Line>
      {article && (
        <Line label="关联知识">
          <Link to={`/knowledge/${article.id}`}>{article.title}</Link>
        </Line>
      )}
      {tags.length > 0 && <Line label="标签">{tags.join('、')}</Line>}
      <Line label="有效期">{validityWords(content)}</Line>
      <Line label="共享范围">{articleSharing.labels[sharing]}</Line>
    </div>
  );
}
