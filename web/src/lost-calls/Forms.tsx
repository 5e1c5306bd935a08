import { type LostCall, requiredText, type WaitingCallback } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Form, Input, Select } from 'antd';
import { FormDrawer } from '../forms/FormDrawer.tsx';
import { chosen, rule } from '../forms/rule.ts';
import { useChange } from '../forms/useChange.ts';
import { api, client } from '../platform/api.ts';
import { readableNumber } from '../platform/format.ts';
import { personName } from '../platform/personName.ts';

const touches = [api.lostCalls.key()];

/** Gives the chosen callers to one agent. */
export function AssignForm({ calls, onClose }: { calls: LostCall[]; onClose(done: boolean): void }) {
  const { data, isPending } = useQuery(api.lostCalls.options.queryOptions({ staleTime: 60_000 }));
  const assign = useChange({
    run: client.lostCalls.assign,
    touches,
    done: ({ assigned, left }) => `已分派 ${assigned} 个${left > 0 ? `，${left} 个已处理或无变化` : ''}`,
  });
  const ids = calls.map(({ id }) => id);
  return (
    <FormDrawer<{ personId: string }>
      title={`分派 ${calls.length} 个呼损`}
      initial={{}}
      okText="分派"
      busy={assign.isPending}
      error={assign.error}
      onSubmit={({ personId }) => assign.mutate({ ids, personId }, { onSuccess: () => onClose(true) })}
      onClose={() => onClose(false)}
    >
      <Form.Item name="personId" label="坐席" extra="只列出可以外呼的坐席。" rules={[chosen('请选择坐席')]}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          loading={isPending}
          placeholder="工号或姓名"
          options={data?.agents.map((each) => ({ value: each.id, label: personName(each) })) ?? []}
        />
      </Form.Item>
    </FormDrawer>
  );
}

export function CloseForm({ call, onClose }: { call: LostCall; onClose(): void }) {
  const close = useChange({ run: client.lostCalls.close, touches, done: '已标记为无需回拨' });
  return (
    <RemarkForm
      title={`${readableNumber(call.callerNumber)} 无需回拨`}
      placeholder="例如：已在办税服务厅解决"
      busy={close.isPending}
      error={close.error}
      onSubmit={(remark) => close.mutate({ id: call.id, remark }, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}

export function CancelCallbackForm({ callback, onClose }: { callback: WaitingCallback; onClose(): void }) {
  const cancel = useChange({ run: client.lostCalls.cancelCallback, touches, done: '已取消预约回拨' });
  const { contactId } = callback;
  return (
    <RemarkForm
      title={`取消 ${readableNumber(callback.callerNumber)} 的预约回拨`}
      placeholder="例如：已另行答复"
      okText="取消预约"
      busy={cancel.isPending}
      error={cancel.error}
      onSubmit={(remark) => cancel.mutate({ contactId, remark }, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}

type RemarkProps = {
  title: string;
  placeholder: string;
  okText?: string;
  busy: boolean;
  error: unknown;
  onSubmit(remark: string): void;
  onClose(): void;
};

function RemarkForm({ placeholder, onSubmit, ...props }: RemarkProps) {
  return (
    <FormDrawer<{ remark: string }> initial={{}} onSubmit={({ remark }) => onSubmit(remark)} {...props}>
      <Form.Item name="remark" label="原因" rules={[rule(requiredText(200, '请填写原因'))]}>
        <Input.TextArea maxLength={200} showCount autoSize={{ minRows: 2, maxRows: 5 }} placeholder={placeholder} />
      </Form.Item>
    </FormDrawer>
  );
}
