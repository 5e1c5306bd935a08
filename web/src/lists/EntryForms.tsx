import { callerDigits, type ListEntry, type ListKind, listKind, requiredText } from '@rexian/contracts';
import { Form, Input, Radio } from 'antd';
import { useViewer } from '../auth/viewer.ts';
import { FormDrawer } from '../forms/FormDrawer.tsx';
import { chosen, rule } from '../forms/rule.ts';
import { useChange } from '../forms/useChange.ts';
import { api, client } from '../platform/api.ts';
import { readableNumber } from '../platform/format.ts';
import { UnitSelect } from '../units/UnitSelect.tsx';
import { ExpiryField } from './ExpiryField.tsx';
import { expiryOf, presets } from './expiry.ts';

type Terms = { reason: string; expiresAt: Date | null };
type Entry = Terms & { kind: ListKind; unitId: string; number: string };

const touches = [api.lists.key()];
const effects: Record<ListKind, string> = {
  black: '来电直接拦截，不进入语音导航。',
  white: '来电不受黑名单限制，排队时优先接入。',
};

function TermFields() {
  return (
    <>
      <Form.Item name="reason" label="原因" rules={[rule(requiredText(200, '请填写原因'))]}>
        <Input.TextArea
          maxLength={200}
          showCount
          autoSize={{ minRows: 2, maxRows: 5 }}
          placeholder="例如：多次恶意骚扰"
        />
      </Form.Item>
      <Form.Item name="expiresAt" label="有效期至">
        <ExpiryField />
      </Form.Item>
    </>
  );
}

export function AddEntryForm({ kind, onClose }: { kind: ListKind; onClose(): void }) {
  const viewer = useViewer();
  const add = useChange({
    run: client.lists.add,
    touches,
    done: (entry) => `已将 ${readableNumber(entry.number)} 加入${listKind.labels[entry.kind]}`,
  });
  const month = presets[1];
  return (
    <FormDrawer<Entry>
      title="加入名单"
      initial={{ kind, unitId: viewer.centre.id, expiresAt: month ? expiryOf(month) : null }}
      busy={add.isPending}
      error={add.error}
      onSubmit={(entry) => add.mutate(entry, { onSuccess: onClose })}
      onClose={onClose}
    >
      <Form.Item name="number" label="来电号码" extra="固定电话带区号。" rules={[rule(callerDigits)]}>
        <Input maxLength={21} inputMode="tel" autoComplete="off" />
      </Form.Item>
      <Form.Item name="kind" label="名单">
        <Radio.Group
          options={listKind.values.map((value) => ({ value, label: listKind.labels[value] }))}
          optionType="button"
        />
      </Form.Item>
      <Form.Item noStyle dependencies={['kind']}>
        {({ getFieldValue }) => <p className="form-note">{effects[getFieldValue('kind') as ListKind]}</p>}
      </Form.Item>
      <Form.Item name="unitId" label="适用机构" extra="对该机构及其下级的来电生效。" rules={[chosen('请选择适用机构')]}>
        <UnitSelect />
      </Form.Item>
      <TermFields />
    </FormDrawer>
  );
}

export function ChangeEntryForm({ entry, onClose }: { entry: ListEntry; onClose(): void }) {
  const change = useChange({
    run: client.lists.change,
    touches,
    done: (saved) => `已保存 ${readableNumber(saved.number)}`,
  });
  return (
    <FormDrawer<Terms>
      title={`修改${listKind.labels[entry.kind]} ${readableNumber(entry.number)}`}
      initial={{ reason: entry.reason, expiresAt: entry.expiresAt }}
      busy={change.isPending}
      error={change.error}
      onSubmit={(terms) => change.mutate({ ...terms, id: entry.id }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <TermFields />
    </FormDrawer>
  );
}
