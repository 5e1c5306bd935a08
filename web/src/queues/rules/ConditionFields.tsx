import { callerClass, contactOrigin } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Form, Segmented, Select } from 'antd';
import { useState } from 'react';
import { useSettled } from '../../forms/useSettled.ts';
import { api } from '../../platform/api.ts';
import { useServiceNumbers } from './useRules.ts';

const classes = callerClass.values.map((value) => ({ value, label: callerClass.labels[value] }));
/** Calls that agents make wait in no queue. */
export const origins = contactOrigin.values
  .filter((value) => value !== 'outbound')
  .map((value) => ({ value, label: contactOrigin.labels[value] }));
const hours = [
  { value: null, label: '任何时间' },
  { value: 'open', label: '工作时间内' },
  { value: 'closed', label: '工作时间外' },
];

export function ConditionFields() {
  return (
    <fieldset className="queue-group">
      <legend>
        条件 <span className="muted">所填各项都符合才生效，不填的不限</span>
      </legend>
      <div>
        <Form.Item name={['conditions', 'classes']} label="来电类别">
          <Select mode="multiple" placeholder="不限" options={classes} />
        </Form.Item>
        <Form.Item name={['conditions', 'origins']} label="来源">
          <Select mode="multiple" placeholder="不限" options={origins} />
        </Form.Item>
        <Form.Item name={['conditions', 'calledNumberIds']} label="拨打的号码">
          <NumbersSelect />
        </Form.Item>
        <Form.Item name={['conditions', 'regions']} label="归属地" extra="可只写省份，例如“广西”；每输入一处按回车。">
          <RegionsSelect />
        </Form.Item>
        <Form.Item name={['conditions', 'hours']} label="时间" extra="按本中心的工作日历。">
          <Segmented options={hours} />
        </Form.Item>
      </div>
    </fieldset>
  );
}

type SelectProps = { id?: string; value?: string[]; onChange?(value: string[]): void };

function NumbersSelect(props: SelectProps) {
  const { numbers, isPending } = useServiceNumbers();
  return (
    <Select
      {...props}
      mode="multiple"
      loading={isPending}
      placeholder="不限"
      showSearch={{ optionFilterProp: 'label' }}
      options={numbers.map(({ id, number, name }) => ({ value: id, label: `${number} ${name}` }))}
    />
  );
}

/** Proposes the regions that the list of prefixes knows; others may be typed. */
function RegionsSelect(props: SelectProps) {
  const [text, setText] = useState('');
  const settled = useSettled(text.trim());
  const { data } = useQuery(
    api.phoneRegions.list.queryOptions({ input: { limit: 200, ...(settled ? { text: settled } : {}) } }),
  );
  const regions = [...new Set(data?.rows.map(({ region }) => region) ?? [])];
  return (
    <Select
      {...props}
      mode="tags"
      placeholder="不限"
      tokenSeparators={['，', '、', ',']}
      showSearch={{ onSearch: setText }}
      options={regions.map((region) => ({ value: region, label: region }))}
    />
  );
}
