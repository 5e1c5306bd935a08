import { type Answer, articleSharing } from '@rexian/contracts';
import { Input, Radio, Select } from 'antd';
import { DAY, type Dayjs, readWall } from '../../platform/beijing.ts';
import { DatePicker } from '../../platform/DatePicker.tsx';
import { worded } from '../../platform/worded.ts';
import { useOwnUnit, useTargets } from '../places.ts';
import { ArticleSelect } from './ArticleSelect.tsx';
import type { AnswerDraft, Faults } from './draft.ts';
import { Field } from './Field.tsx';
import { PlaceSelect } from './PlaceSelect.tsx';
import { ReplacesSelect } from './ReplacesSelect.tsx';

type Props = {
  draft: AnswerDraft;
  change(changes: Partial<AnswerDraft>): void;
  faults: Faults | null;
  answer: Answer | null;
};

const sharingHints = {
  subtree: '本中心和下级使用。',
  all: '其他中心也能查到。',
  public: '其他中心能查到，网站和智能客服也对外使用。',
};

/** Where it belongs: whose it is, its library, until when it holds, what says more. */
export function Facts({ draft, change, faults, answer }: Props) {
  const { unitId, categoryId, articleId, tags, validFrom, validTo, sharing, replacesId, note } = draft;
  const fault = (field: string) => faults?.fields.get(field);
  return (
    <section className="panel answer-facts" aria-label="归属与有效期">
      <h2>归属与有效期</h2>
      <div className="panel-body">
        {!answer && <TargetField unitId={unitId} change={change} />}
        <Field htmlFor="answer-place" label="知识库 / 目录" fault={fault('categoryId')}>
          <PlaceSelect id="answer-place" unitId={unitId} value={categoryId} onChange={change} />
        </Field>
        <ReplacesSelect
          id="answer-replaces"
          unitId={unitId}
          value={replacesId}
          onChange={(value) => change({ replacesId: value })}
        />
        <Field htmlFor="answer-article" label="关联知识" hint="答案之外还需了解的，坐席可直接打开。">
          <ArticleSelect id="answer-article" value={articleId} onChange={(value) => change({ articleId: value })} />
        </Field>
        <Field htmlFor="answer-from" label="有效期" fault={fault('validTo')}>
          <DatePicker.RangePicker
            id={{ start: 'answer-from', end: 'answer-to' }}
            className="full"
            allowEmpty={[true, true]}
            placeholder={['立即', '长期']}
            value={[validFrom ? readWall(validFrom) : null, validTo ? readWall(validTo) : null]}
            onChange={(range) => change({ validFrom: dayOf(range?.[0]), validTo: dayOf(range?.[1]) })}
          />
        </Field>
        <Field label="共享范围" hint={sharingHints[sharing]}>
          <Radio.Group
            aria-label="共享范围"
            options={worded(articleSharing)}
            optionType="button"
            value={sharing}
            onChange={({ target }) => change({ sharing: target.value })}
          />
        </Field>
        <Field htmlFor="answer-tags" label="标签" fault={fault('tags')}>
          <Select
            id="answer-tags"
            mode="tags"
            className="full"
            open={false}
            suffixIcon={null}
            tokenSeparators={[' ', '、', ',', '，', '\n']}
            placeholder="输入后按回车"
            maxCount={20}
            value={tags}
            onChange={(value: string[]) =>
              change({ tags: value.map((each) => each.trim().slice(0, 20)).filter(Boolean) })
            }
          />
        </Field>
        <Field htmlFor="answer-note" label="提交说明">
          <Input.TextArea
            id="answer-note"
            maxLength={200}
            showCount
            autoSize={{ minRows: 2, maxRows: 5 }}
            placeholder="选填，告诉审核人改了什么、依据是什么"
            value={note}
            onChange={({ target }) => change({ note: target.value })}
          />
        </Field>
      </div>
    </section>
  );
}

const dayOf = (value: Dayjs | null | undefined): string | null => value?.format(DAY) ?? null;

/** Whose bank it goes to: one's own, or that of a unit above as a proposal. */
function TargetField({ unitId, change }: Pick<Props, 'change'> & { unitId: string }) {
  const unit = useOwnUnit();
  const targets = useTargets();
  if (targets.length < 2) return null;
  const others = targets.filter(({ id }) => id !== unit.id);
  const chosen = others.find(({ id }) => id === unitId);
  return (
    <Field label="提交给" hint={chosen ? `作为建议提交，由${chosen.name}审核，采纳后归其所有。` : '本中心审核后启用。'}>
      <Radio.Group
        aria-label="提交给"
        optionType="button"
        options={[
          { value: unit.id, label: `本中心（${unit.name}）` },
          ...others.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={unitId}
        // What was chosen for one unit may not be there for another.
        onChange={({ target }) => change({ unitId: target.value, libraryId: null, categoryId: null, replacesId: null })}
      />
    </Field>
  );
}
