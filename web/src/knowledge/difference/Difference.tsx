import type { ArticleDifference } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Spin } from 'antd';
import { useMemo } from 'react';
import { api } from '../../platform/api.ts';
import { Failed } from '../../platform/Failed.tsx';
import { fieldWords } from './fieldWords.ts';
import { type Paragraph, shownParagraphs } from './paragraphs.ts';
import './difference.css';

type Props = {
  id: string;
  from: number;
  /** Left out: the draft. */
  to?: number;
  /** What the draft is at: another one differs otherwise. */
  revision?: number;
};

/** What differs between two versions, or between a version and the draft. */
export function Difference({ id, from, to, revision }: Props) {
  const { data, error, isLoadingError, refetch } = useQuery({
    ...api.knowledge.difference.queryOptions({ input: { id, from, ...(to === undefined ? {} : { to }) } }),
    queryKey: [...api.knowledge.difference.key({ input: { id, from, ...(to === undefined ? {} : { to }) } }), revision],
  });
  if (isLoadingError) return <Failed error={error} retry={refetch} />;
  return data ? <Shown difference={data} /> : <Spin />;
}

function Shown({ difference: { fields, body } }: { difference: ArticleDifference }) {
  const paragraphs = useMemo(() => shownParagraphs(body), [body]);
  const isChanged = body.some(({ change }) => change !== 'same');
  if (fields.length === 0 && !isChanged) return <p className="muted">文字内容没有差异。</p>;
  return (
    <div className="difference">
      {fields.length > 0 && (
        <table>
          <thead>
            <tr>
              <th>字段</th>
              <th>修改前</th>
              <th>修改后</th>
            </tr>
          </thead>
          <tbody>
            {fields.map(({ field, before, after }) => (
              <tr key={field}>
                <th scope="row">{fieldWords[field]}</th>
                <td>{before ? <del>{before}</del> : '—'}</td>
                <td>{after ? <ins>{after}</ins> : '—'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <h3>正文{!isChanged && <small className="muted"> 无文字差异</small>}</h3>
      {isChanged &&
        paragraphs.map((paragraph, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: what differs stands still
          <ParagraphLine key={index} paragraph={paragraph} />
        ))}
    </div>
  );
}

function ParagraphLine({ paragraph }: { paragraph: Paragraph }) {
  switch (paragraph.change) {
    case 'unchanged':
      return <p className="muted difference-gap">… {paragraph.count} 段未变 …</p>;
    case 'same':
      return <p>{paragraph.text}</p>;
    case 'added':
      return (
        <p data-change="added">
          <ins>{paragraph.text}</ins>
        </p>
      );
    case 'removed':
      return (
        <p data-change="removed">
          <del>{paragraph.text}</del>
        </p>
      );
    case 'changed':
      return (
        <p data-change="changed">
          {paragraph.parts.map(({ change, text }, index) => {
            const Part = change === 'added' ? 'ins' : change === 'removed' ? 'del' : 'span';
            // biome-ignore lint/suspicious/noArrayIndexKey: what differs stands still
            return <Part key={index}>{text}</Part>;
          })}
        </p>
      );
  }
}
