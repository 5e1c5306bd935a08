import { Select } from 'antd';
import type { useCentre } from './useQueues.ts';

/** Which centre's queues and rules are shown. */
export function CentreSelect({ centres, centre, choose }: ReturnType<typeof useCentre>) {
  return (
    <Select
      aria-label="中心"
      style={{ width: 200 }}
      placeholder="还没有技能组"
      showSearch={{ optionFilterProp: 'label' }}
      value={centre?.id ?? null}
      options={centres.map(({ id, name }) => ({ value: id, label: name }))}
      onChange={choose}
    />
  );
}
