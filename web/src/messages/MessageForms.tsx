import { type Message, requiredText } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Form, Input, Select } from 'antd';
import { FormDrawer } from '../forms/FormDrawer.tsx';
import { rule } from '../forms/rule.ts';
import { useChange } from '../forms/useChange.ts';
import { api, client } from '../platform/api.ts';
import { personName } from '../platform/personName.ts';

export const touches = [api.messages.key()];

type Props = { message: Message; onClose(): void };

/** To somebody, or back to nobody. */
export function AssignForm({ message, onClose }: Props) {
  const { data, isPending } = useQuery(api.messages.options.queryOptions({ staleTime: 60_000 }));
  const assign = useChange({
    run: client.messages.assign,
    touches,
    done: ({ assignedTo }) => (assignedTo ? `已分派给${personName(assignedTo)}` : '已收回'),
  });
  const { id, revision } = message;
  return (
    <FormDrawer<{ personId?: string }>
      title={`分派 ${message.number}`}
      initial={message.assignedTo ? { personId: message.assignedTo.id } : {}}
      okText="分派"
      busy={assign.isPending}
      error={assign.error}
      onSubmit={({ personId }) => assign.mutate({ id, revision, personId: personId ?? null }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <Form.Item name="personId" label="处理人" extra="不选则收回，由任何人处理。">
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          loading={isPending}
          placeholder="工号或姓名"
          options={data?.people.map((each) => ({ value: each.id, label: personName(each) })) ?? []}
        />
      </Form.Item>
    </FormDrawer>
  );
}

export function VoidForm({ message, onClose }: Props) {
  const change = useChange({ run: client.messages.void, touches, done: '已作废' });
  const { id, revision, number } = message;
  return (
    <FormDrawer<{ reason: string }>
      title={`作废 ${number}`}
      initial={{}}
      okText="作废"
      busy={change.isPending}
      error={change.error}
      onSubmit={({ reason }) => change.mutate({ id, revision, reason }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <Form.Item name="reason" label="原因" rules={[rule(requiredText(200, '请填写作废原因'))]}>
        <Input.TextArea
          maxLength={200}
          showCount
          autoSize={{ minRows: 2, maxRows: 5 }}
          placeholder="例如：无声留言、误拨"
        />
      </Form.Item>
    </FormDrawer>
  );
}
