import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { api } from '../platform/api.ts';
import { errorText } from '../platform/errors.ts';
import { Failed } from '../platform/Failed.tsx';
import { fullDateTime } from '../platform/format.ts';
import { Tag } from '../platform/Tag.tsx';
import { EnrolTotp } from './EnrolTotp.tsx';

const FEW_CODES = 3;

export function TotpPanel() {
  const queryClient = useQueryClient();
  const [step, setStep] = useState<'enrol' | 'remove' | null>(null);
  const { data, error, isLoadingError, refetch } = useQuery(api.auth.totp.state.queryOptions());
  const done = () => {
    setStep(null);
    void queryClient.invalidateQueries({ queryKey: api.auth.totp.state.key() });
  };
  if (step === 'enrol') return <EnrolTotp onDone={done} onCancel={() => setStep(null)} />;
  if (isLoadingError) return <Failed error={error} retry={refetch} />;
  if (!data) return null;
  if (!data.enrolledAt)
    return (
      <div className="totp-state">
        <Tag tone="quiet">未绑定</Tag>
        <span className="muted">绑定后，登录时除密码外还需输入手机验证器上的 6 位数字，密码泄露也不会被他人登录。</span>
        <Button type="primary" onClick={() => setStep('enrol')}>
          绑定动态口令
        </Button>
      </div>
    );
  return (
    <div className="totp-state">
      <Tag tone="ready">已绑定</Tag>
      <span className="muted">
        {fullDateTime(data.enrolledAt)} 绑定，剩余恢复码 {data.recoveryCodesLeft} 个
      </span>
      {data.recoveryCodesLeft < FEW_CODES && <Alert type="warning" showIcon title={fewCodes(data.required)} />}
      {data.required ? (
        <span className="muted">
          您的权限要求使用动态口令，不能自行解除。更换手机时，请联系安全管理员解除后重新绑定。
        </span>
      ) : (
        <>
          <span className="muted">更换手机时，先解除再重新绑定。</span>
          <Button danger onClick={() => setStep('remove')}>
            解除动态口令
          </Button>
        </>
      )}
      {step === 'remove' && <RemoveTotp onDone={done} onCancel={() => setStep(null)} />}
    </div>
  );
}

function fewCodes(required: boolean): string {
  const way = required ? '请联系安全管理员解除' : '请先解除';
  return `恢复码所剩不多，${way}，再重新绑定以取得新的恢复码`;
}

function RemoveTotp({ onDone, onCancel }: { onDone(): void; onCancel(): void }) {
  const { message } = App.useApp();
  const [form] = Form.useForm<{ password: string }>();
  const remove = useMutation(
    api.auth.totp.remove.mutationOptions({
      onSuccess: () => {
        void message.success('动态口令已解除');
        onDone();
      },
    }),
  );
  return (
    <Modal
      open
      title="解除动态口令"
      okText="解除"
      okButtonProps={{ danger: true, loading: remove.isPending }}
      onOk={() => form.submit()}
      onCancel={onCancel}
    >
      <p>解除后，登录只需密码。恢复码同时作废。</p>
      <Form
        form={form}
        name="remove"
        layout="vertical"
        requiredMark={false}
        onFinish={(values) => remove.mutate(values)}
      >
        <Form.Item name="password" label="登录密码" rules={[{ required: true, message: '请输入登录密码' }]}>
          <Input.Password autoFocus autoComplete="current-password" maxLength={256} />
        </Form.Item>
      </Form>
      {remove.isError && <Alert type="error" showIcon role="alert" title={errorText(remove.error)} />}
    </Modal>
  );
}
