import { customerChanges } from '@rexian/contracts';
import { Alert, Button, Form, Input } from 'antd';
import { useRef, useState } from 'react';
import { optional } from '../forms/rule.ts';
import { errorText } from '../platform/errors.ts';
import { isMasked } from '../platform/format.ts';
import { changesOf, type FieldName, type Fields, fieldLabels, fieldNames, typedAtFirst } from './fields.ts';
import { useSaveCustomer, useSaveOnLeave } from './useSaveCustomer.ts';

type Props = {
  contactId: string;
  shown: Fields;
  /** What is typed is saved when the call leaves the page. */
  saveOnLeave: boolean;
  onClose(): void;
};

/** Enter saves, Escape leaves. Masked values show as a hint and stay as they are unless something is typed. */
export function CustomerForm({ contactId, shown, saveOnLeave, onClose }: Props) {
  const [form] = Form.useForm<Fields>();
  const [cleared, setCleared] = useState<ReadonlySet<FieldName>>(new Set());
  const pending = useRef<Partial<Fields>>({});
  const leave = () => {
    pending.current = {};
    onClose();
  };
  const save = useSaveCustomer(contactId, leave);
  useSaveOnLeave(saveOnLeave, contactId, pending);
  const note = (without: ReadonlySet<FieldName>) => {
    pending.current = changesOf(shown, form.getFieldsValue(), without);
    if (save.isError) save.reset();
  };
  const submit = (typed: Fields) => {
    const changes = changesOf(shown, typed, cleared);
    if (Object.keys(changes).length === 0) return leave();
    // On its way: leaving now must not send it again.
    pending.current = {};
    save.mutate(changes, {
      onError: () => {
        pending.current = changes;
      },
    });
  };
  const clear = (name: FieldName) => {
    const more = new Set(cleared).add(name);
    setCleared(more);
    note(more);
  };
  return (
    <Form<Fields>
      form={form}
      name="customer"
      className="customer-form"
      layout="vertical"
      size="small"
      initialValues={typedAtFirst(shown)}
      onFinish={submit}
      onValuesChange={() => note(cleared)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        // A drawer around it stays open.
        event.stopPropagation();
        leave();
      }}
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
        <Button onClick={leave}>取消</Button>
      </div>
    </Form>
  );
}
