import { type WrapUpResult, wrapUpResult } from '@rexian/contracts';
import { Radio } from 'antd';
import type { RefObject } from 'react';
import { useResultKeys } from './wrapUpKeys.ts';

type Props = {
  group: RefObject<HTMLDivElement | null>;
  value: WrapUpResult | null;
  /** It was tried to save without one. */
  missing: boolean;
  onChange(value: WrapUpResult): void;
};

/** 处理结果 of a call: number keys choose it. */
export function ResultField({ group, value, missing, onChange }: Props) {
  useResultKeys(onChange);
  return (
    <div ref={group}>
      <span className="label">
        处理结果 <em>*</em>
      </span>
      <Radio.Group
        className="results"
        value={value}
        onChange={(event) => onChange(wrapUpResult.schema.parse(event.target.value))}
      >
        {wrapUpResult.values.map((each, index) => (
          <Radio.Button key={each} value={each}>
            {wrapUpResult.labels[each]} <kbd>{index + 1}</kbd>
          </Radio.Button>
        ))}
      </Radio.Group>
      {missing && !value && (
        <p className="field-error" role="alert">
          请选择处理结果（数字键 1–{wrapUpResult.values.length}）
        </p>
      )}
    </div>
  );
}
