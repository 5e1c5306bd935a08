import { customerChanges } from '@rexian/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { optional } from '../forms/rule.ts';
import { api, client } from '../platform/api.ts';
import { errorText } from '../platform/errors.ts';
import { isMasked } from '../platform/format.ts';
import { changesOf, type FieldName, type Fields, fieldLabels, fieldNames, typedAtFirst } from './fields.ts';

type Props = { contactId: string; shown: Fields; onClose(): void };

/** Enter saves, Escape leaves. Masked values show as a hint and stay as they are unless something is typed. */
export function CustomerForm({ contactId, shown, onClose }: Props) {
  const { message } = App.useApp();
  const queryClient = useQueryClient();
  const [cleared, setCleared] = useState<ReadonlySet<FieldName>>(new Set());
  const save = useMutation({
    mutationFn: (changes: Partial<Fields>) => client.customers.save({ contactId, ...changes }),
    onSuccess: (customer) => {
      queryClient.setQueryData(api.customers.ofContact.queryKey({ input: { contactId } }), customer);
      // Other contacts of the same number show the same person.
      void queryClient.invalidateQueries({ queryKey: api.customers.ofContact.key() });
      void message.success('来电人已保存');
      onClose();
    },
  });
  const submit = (typed: Fields) => {
    const changes = changesOf(shown, typed, cleared);
    if (Object.keys(changes).length === 0) onClose();
    else save.mutate(changes);
  };
  const clear = (name: FieldName) => setCleared(new Set(cleared).add(name));
  return (
    <Form<Fields>
      name="customer"
      className="customer-form"
      layout="vertical"
      size="small"
      initialValues={typedAtFirst(shown)}
      onFinish={submit}
      onValuesChange={() => save.isError && save.reset()}
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
    >
      {fieldNames.map((name, index) => (
        <Form.Item
          key={name}
          name={name}
          label={
            <>
              {fieldLabels[name]}
              {isMasked(shown[name]) && !cleared.has(name) && (
                <Button type="link" size="small" tabIndex={-1} onClick={() => clear(name)}>
                  清除
                </Button>
              )}
            </>
          }
          rules={[optional(customerChanges.shape[name])]}
        >
          <Input
            autoFocus={index === 0}
            autoComplete="off"
            placeholder={cleared.has(name) ? '将被清除' : isMasked(shown[name]) ? `${shown[name]}，不改请留空` : ''}
          />
        </Form.Item>
      ))}
      {save.isError && <Alert type="error" showIcon role="alert" title={errorText(save.error)} />}
      <div className="customer-buttons">
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          保存
        </Button>
        <Button onClick={onClose}>取消</Button>
      </div>
    </Form>
  );
}
