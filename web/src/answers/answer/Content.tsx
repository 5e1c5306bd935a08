import { type Answer, type AnswerContent, answersOf } from '@rexian/contracts';
import { Tag as Chip } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { answerPath } from '../paths.ts';
import { TurnTree } from '../turn/TurnTree.tsx';

/** What the answer says, and how people ask for it. */
export function Content({ answer: { content, article, replaces, replacedBy } }: { answer: Answer }) {
  const answers = answersOf(content.turn).length;
  return (
    <section className="panel" aria-label="问答内容">
      <h2>
        答案 <small>{'ask' in content.turn ? `多轮，共 ${answers} 个答案` : '单轮'}</small>
      </h2>
      <div className="panel-body answer-content">
        <TurnTree turn={content.turn} />
        <Phrasings content={content} />
        {article && (
          <Line label="关联知识">
            <Link to={`/knowledge/${article.id}`}>{article.title}</Link>
          </Line>
        )}
        {content.tags.length > 0 && (
          <Line label="标签">
            {content.tags.map((tag) => (
              <Chip key={tag}>{tag}</Chip>
            ))}
          </Line>
        )}
        {replaces && (
          <Line label="替代上级问答">
            <Link to={answerPath(replaces.id)}>{replaces.title}</Link>
          </Line>
        )}
        {replacedBy.length > 0 && (
          <Line label="本地答案">
            {replacedBy.map(({ id, unit }) => (
              <Link key={id} to={answerPath(id)}>
                {unit.name}
              </Link>
            ))}
          </Line>
        )}
      </div>
    </section>
  );
}

function Phrasings({ content: { phrasings } }: { content: AnswerContent }) {
  return (
    <Line label={`问法 ${phrasings.length} 个`}>
      {phrasings.length === 0 && <span className="muted">只有标准问题</span>}
      {phrasings.map((each) => (
        <Chip key={each}>{each}</Chip>
      ))}
    </Line>
  );
}

export function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="answer-line">
      <b>{label}</b>
      <span>{children}</span>
    </div>
  );
}
