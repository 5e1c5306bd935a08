import { ARTICLE_NOTICE_DAYS, type ArticleSummary, articleState } from '@rexian/contracts';
import type { TableColumnType } from 'antd';
import { DAY, wallNow } from '../../platform/beijing.ts';
import { dateMinute } from '../../platform/format.ts';
import { Tag } from '../../platform/Tag.tsx';
import { articleTone, validityWords } from '../words.ts';

export const columns: TableColumnType<ArticleSummary>[] = [
  {
    title: '标题',
    key: 'title',
    ellipsis: true,
    render: (_, { title, summary }) => (
      <span title={summary ? `${title}\n${summary}` : title}>
        {title} <span className="muted knowledge-summary">{summary}</span>
      </span>
    ),
  },
  {
    title: '知识库与目录',
    key: 'place',
    width: 210,
    ellipsis: true,
    render: (_, { library, category }) => `${library.name} / ${category.path}`,
  },
  {
    title: '状态',
    key: 'state',
    width: 116,
    render: (_, { state }) => <Tag tone={articleTone[state]}>{articleState.labels[state]}</Tag>,
  },
  { title: '版本', key: 'version', width: 56, render: (_, { version }) => (version === null ? '—' : `v${version}`) },
  { title: '有效期', key: 'validity', width: 124, render: (_, row) => <Validity row={row} /> },
  { title: '机构', key: 'unit', width: 104, ellipsis: true, render: (_, { unit }) => unit.name },
  { title: '最近修改', dataIndex: 'changedAt', width: 104, render: (at: Date) => dateMinute(at) },
];

/** Until when; from when, if that is still to come. What ends soon is marked as the notices tell it. */
function Validity({ row }: { row: ArticleSummary }) {
  const { validFrom, validTo, reviewOn } = row;
  const now = wallNow();
  const today = now.format(DAY);
  const soon = now.add(ARTICLE_NOTICE_DAYS, 'day').format(DAY);
  const whole = [validityWords(row), ...(reviewOn ? [`复核日期 ${reviewOn}`] : [])].join('\n');
  if (validFrom && validFrom > today) return <span title={whole}>{validFrom} 起</span>;
  if (!validTo && reviewOn && reviewOn <= soon)
    return (
      <span title={whole} data-soon>
        {reviewOn} 复核
      </span>
    );
  if (!validTo) return <span title={whole}>长期</span>;
  return (
    <span title={whole} {...(validTo <= soon && validTo >= today ? { 'data-soon': true } : {})}>
      至 {validTo}
    </span>
  );
}
