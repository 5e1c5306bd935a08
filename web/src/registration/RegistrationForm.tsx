import { ORDER_TEXT_MAX, type Registration, workOrderKind, workOrderUrgency } from '@rexian/contracts';
import { Checkbox, Input, Segmented, Select } from 'antd';
import type { ReactNode } from 'react';
import { CategoryPicker } from '../categories/CategoryPicker.tsx';
import { worded } from '../platform/worded.ts';
import { Field } from './Field.tsx';
import { withCategory } from './form.ts';
import { KeptInput } from './KeptInput.tsx';
import { SourceFields } from './SourceFields.tsx';
import type { Registering } from './useRegistration.ts';
import './registration.css';

// Fields are `registration-` and their name in the contract: what is wrong gets the focus.
export const CONTENT_ID = 'registration-content';
const kinds = worded(workOrderKind);
const urgencies = worded(workOrderUrgency);

type Part = Pick<Registering, 'form' | 'change' | 'faults' | 'masked'>;
type Props = Part & {
  /** Below the texts. */
  children: ReactNode;
  disabled: boolean;
  /** A text was written to its end: similar orders are looked for. */
  onSettled(): void;
};

/** What is registered. Tab goes through it in the order in which it is asked; whoever chose a category writes on in the content. */
export function RegistrationForm({ disabled, onSettled, children, ...part }: Props) {
  const { form, change, faults } = part;
  return (
    <fieldset className="registration-form" disabled={disabled}>
      {form.contactId === null && <SourceFields {...part} onSettled={onSettled} />}
      <Nature {...part} />
      <Persons {...part} onSettled={onSettled} />
      <Field label="标题" id="registration-title" span={8}>
        <Input
          id="registration-title"
          value={form.title}
          onChange={({ target }) => change({ title: target.value })}
          maxLength={100}
          placeholder="不填则取诉求内容的前 40 字"
        />
      </Field>
      <Field label="标签" id="registration-tags" span={4}>
        <Select<string[]>
          id="registration-tags"
          className="full"
          mode="tags"
          maxCount={10}
          maxTagCount="responsive"
          open={false}
          suffixIcon={null}
          tokenSeparators={[',', '，', '、', ' ']}
          value={form.tags}
          onChange={(tags) => change({ tags: tags.map((tag) => tag.trim().slice(0, 20)).filter((tag) => tag !== '') })}
          placeholder="回车添加"
        />
      </Field>
      <Field label="诉求内容" id={CONTENT_ID} span={12} required fault={faults.content}>
        <Input.TextArea
          id={CONTENT_ID}
          value={form.content}
          onChange={({ target }) => change({ content: target.value })}
          onBlur={onSettled}
          maxLength={ORDER_TEXT_MAX}
          autoSize={{ minRows: 4, maxRows: 14 }}
          placeholder="来电人的诉求、涉及的事项与时间"
        />
      </Field>
      <Field label="答复内容" id="registration-answer" span={12} fault={faults.answer}>
        <Input.TextArea
          id="registration-answer"
          value={form.answer}
          onChange={({ target }) => change({ answer: target.value })}
          maxLength={ORDER_TEXT_MAX}
          autoSize={{ minRows: 3, maxRows: 12 }}
          placeholder="当场答复的要点与依据；需转办的可不填"
        />
      </Field>
      {children}
    </fieldset>
  );
}

function Nature({ form, change }: Part) {
  return (
    <>
      <Field label="业务类别" id="registration-category" span={6}>
        <CategoryPicker
          id="registration-category"
          value={form.categoryId}
          onChange={(categoryId, category) => change(withCategory(form, categoryId, category))}
          onPicked={() => setTimeout(() => document.getElementById(CONTENT_ID)?.focus())}
        />
      </Field>
      <Field label="工单类型" id="registration-kind">
        <Select<Registration['kind']>
          id="registration-kind"
          className="full"
          showSearch={{ optionFilterProp: 'label' }}
          options={kinds}
          value={form.kind}
          onChange={(kind) => change({ kind })}
        />
      </Field>
      <Field label="紧急程度" id="registration-urgency">
        <Segmented<Registration['urgency']>
          id="registration-urgency"
          aria-label="紧急程度"
          block
          options={urgencies}
          value={form.urgency}
          onChange={(urgency) => change({ urgency })}
        />
      </Field>
    </>
  );
}

function Persons({ form, change, faults, masked, onSettled }: Part & { onSettled(): void }) {
  return (
    <>
      <Field label="来电人" id="registration-caller">
        <div className="registration-caller">
          <KeptInput
            id="registration-caller"
            disabled={form.anonymous}
            value={form.anonymous ? null : form.callerName}
            kept={form.anonymous ? '匿名' : masked.callerName}
            onChange={(callerName) => change({ callerName })}
            maxLength={40}
          />
          <Checkbox checked={form.anonymous} onChange={({ target }) => change({ anonymous: target.checked })}>
            匿名
          </Checkbox>
        </div>
      </Field>
      <Field label="归属地" id="registration-region">
        <Input
          id="registration-region"
          value={form.region}
          onChange={({ target }) => change({ region: target.value })}
          maxLength={40}
        />
      </Field>
      <Field label="社会信用代码" id="registration-taxNumber" fault={faults.taxNumber}>
        <KeptInput
          id="registration-taxNumber"
          value={form.taxNumber}
          kept={masked.taxNumber}
          onChange={(typed) => change({ taxNumber: typed?.trim() ?? null, taxpayer: undefined })}
          onBlur={onSettled}
          maxLength={20}
          autoComplete="off"
          spellCheck={false}
        />
      </Field>
      <Field label="纳税人名称" id="registration-tax-name">
        <Input
          id="registration-tax-name"
          value={form.taxName}
          onChange={({ target }) => change({ taxName: target.value })}
          maxLength={100}
        />
      </Field>
    </>
  );
}
