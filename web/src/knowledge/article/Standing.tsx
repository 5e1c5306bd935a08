import { type Article, articleSharing } from '@rexian/contracts';
import { Alert } from 'antd';
import type { ReactNode } from 'react';
import { dateMinute } from '../../platform/format.ts';

type Props = { article: Article; writing: NonNullable<Article['writing']> };

/** How it stands with an article, for those who write and review. */
export function Standing({ article, writing: { draft } }: Props) {
  const { withdrawnReason, roles, sharing, reviewOn } = article;
  return (
    <section className="panel" aria-label="状态">
      <h2>状态</h2>
      <div className="panel-body">
        {draft?.returnedReason && <Alert type="warning" showIcon title={`退回原因：${draft.returnedReason}`} />}
        {withdrawnReason && <Alert type="info" showIcon title={`下架原因：${withdrawnReason}`} />}
        <dl className="article-standing">
          {draft && (
            <Fact label="草稿">
              {draft.savedBy} {dateMinute(draft.savedAt)} 保存
            </Fact>
          )}
          {draft?.review && (
            <Fact label="审核">
              {draft.review.steps === 1 ? '等待审核' : draft.review.step === 1 ? '等待初审' : '等待复审'}，
              {draft.review.sentBy} 提交
            </Fact>
          )}
          {draft?.note && <Fact label="说明">{draft.note}</Fact>}
          <Fact label="共享范围">{articleSharing.labels[sharing]}</Fact>
          {roles.length > 0 && <Fact label="可见角色">{roles.map(({ name }) => name).join('、')}</Fact>}
          {reviewOn && <Fact label="复核日期">{reviewOn}</Fact>}
        </dl>
      </div>
    </section>
  );
}

const Fact = ({ label, children }: { label: string; children: ReactNode }) => (
  <div>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </div>
);
