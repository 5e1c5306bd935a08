import { Input } from 'antd';
import { Duplicates } from './Duplicates.tsx';
import type { AnswerDraft, Faults } from './draft.ts';
import { Field } from './Field.tsx';
import { PhrasingsField } from './PhrasingsField.tsx';
import { useDuplicates } from './useDuplicates.ts';

type Props = {
  draft: AnswerDraft;
  change(changes: Partial<AnswerDraft>): void;
  faults: Faults | null;
  /** The answer that is changed is no duplicate of itself. */
  exceptId: string | null;
};

/** What people ask: the standard question, how they say it, and which answers are there already. */
export function QuestionPart({ draft: { question, phrasings, replacesId }, change, faults, exceptId }: Props) {
  const duplicates = useDuplicates([question, ...phrasings], exceptId, replacesId);
  return (
    <section className="panel" aria-label="问题">
      <h2>问题</h2>
      <div className="panel-body">
        <Field htmlFor="answer-question" label="标准问题" fault={faults?.fields.get('question')}>
          <Input
            id="answer-question"
            autoFocus={question === ''}
            maxLength={100}
            showCount
            placeholder="一句完整的问话，例如：电子发票红字怎么开？"
            value={question}
            onChange={({ target }) => change({ question: target.value })}
          />
        </Field>
        <Field
          htmlFor="answer-phrasing"
          label={`相似问法（${phrasings.length} 个）`}
          fault={faults?.fields.get('phrasings')}
          hint="写来电人的说法，越多越容易查到；回车添加，可一次粘贴多行。"
        >
          <PhrasingsField
            id="answer-phrasing"
            question={question}
            value={phrasings}
            duplicates={duplicates.rows}
            onChange={(value) => change({ phrasings: value })}
          />
        </Field>
        <Duplicates {...duplicates} />
      </div>
    </section>
  );
}
