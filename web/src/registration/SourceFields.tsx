import { type Registration, workOrderSource } from '@rexian/contracts';
import { Input, Select } from 'antd';
import { instantOf, wallNow, wallOf } from '../platform/beijing.ts';
import { DatePicker } from '../platform/DatePicker.tsx';
import { worded } from '../platform/worded.ts';
import { Field } from './Field.tsx';
import { numberOf } from './form.ts';
import { KeptInput } from './KeptInput.tsx';
import type { Registering } from './useRegistration.ts';

type Source = Registration['source'];
/** 其他来源: those that somebody registers by hand. */
const byHand: readonly Source[] = ['letter', 'visit', 'web', 'platform_12345', 'partner', 'centre', 'other'];
const sources = worded(workOrderSource).filter(({ value }) => byHand.includes(value));

type Props = Pick<Registering, 'form' | 'change' | 'faults' | 'masked'> & { onSettled(): void };

/** Where it came from, when not by a call. */
export function SourceFields({ form, change, faults, masked, onSettled }: Props) {
  return (
    <>
      <Field label="来源" id="registration-source">
        <Select<Source>
          id="registration-source"
          className="full"
          showSearch={{ optionFilterProp: 'label' }}
          options={sources}
          value={form.source}
          onChange={(source) => change({ source })}
        />
      </Field>
      <Field label="联系电话" id="registration-callerNumber" fault={faults.callerNumber}>
        <KeptInput
          id="registration-callerNumber"
          disabled={form.anonymous}
          value={form.anonymous ? '' : form.callerNumber}
          kept={form.anonymous ? '' : masked.callerNumber}
          onChange={(typed) => change({ callerNumber: typed && (numberOf(typed) || null) })}
          onBlur={onSettled}
          maxLength={33}
          autoComplete="off"
          inputMode="tel"
        />
      </Field>
      <Field label="收到时间" id="registration-occurred">
        <DatePicker
          id="registration-occurred"
          className="full"
          showTime={{ format: 'HH:mm' }}
          format="YYYY-MM-DD HH:mm"
          maxDate={wallNow()}
          value={form.occurredAt ? wallOf(form.occurredAt) : null}
          onChange={(at) => change({ occurredAt: at ? instantOf(at) : null })}
          placeholder="登记时间"
        />
      </Field>
      <Field label="来文编号" id="registration-reference">
        <Input
          id="registration-reference"
          value={form.reference}
          onChange={({ target }) => change({ reference: target.value })}
          maxLength={60}
          placeholder="信函号、12345 工单号等"
        />
      </Field>
    </>
  );
}
