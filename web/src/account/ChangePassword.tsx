import { CheckCircleFilled, InfoCircleOutlined, MinusCircleOutlined } from '@ant-design/icons';
import type { PasswordPolicy, Viewer } from '@rexian/contracts';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Alert, Button, Form, Input } from 'antd';
import { useViewer } from '../auth/viewer.ts';
import { api } from '../platform/api.ts';
import { errorText } from '../platform/errors.ts';
import { type PasswordOwner, passwordChecks } from './passwordRules.ts';

type Values = { current: string; next: string; again: string };

/** The rules beside the fields fill while one types, so that the server hardly ever has to refuse. */
export function ChangePassword({ onDone }: { onDone(viewer: Viewer): void }) {
  const viewer = useViewer();
  const [form] = Form.useForm<Values>();
  const next = Form.useWatch('next', form) ?? '';
  const current = Form.useWatch('current', form) ?? '';
  const { data: policy } = useQuery(api.auth.policy.queryOptions({ staleTime: 60_000 }));
  const change = useMutation(
    api.auth.changePassword.mutationOptions({
      onSuccess: (changed) => {
        form.resetFields();
        onDone(changed);
      },
    }),
  );
  const checks = policy ? passwordChecks(policy, viewer, next, current) : [];
  return (
    <Form<Values>
      form={form}
      name="change-password"
      layout="vertical"
      requiredMark={false}
      className="change-password"
      onFinish={(values) => change.mutate({ current: values.current, next: values.next })}
      onValuesChange={() => change.isError && change.reset()}
    >
      {/* Password managers want to know whose password it is. */}
      <input type="text" autoComplete="username" value={viewer.login} readOnly hidden />
      <Form.Item name="current" label="当前密码" rules={[{ required: true, message: '请输入当前密码' }]}>
        <Input.Password autoComplete="current-password" maxLength={256} />
      </Form.Item>
      <Form.Item
        name="next"
        label="新密码"
        dependencies={['current']}
        rules={[{ required: true, message: '请输入新密码' }, { validator: meets(policy, viewer, current) }]}
      >
        <Input.Password autoComplete="new-password" maxLength={256} />
      </Form.Item>
      <ul className="password-checks" aria-live="polite">
        {checks.map(({ text, met }) => (
          <li key={text} data-met={met ?? undefined}>
            {met === null ? <InfoCircleOutlined /> : met ? <CheckCircleFilled /> : <MinusCircleOutlined />}
            {text}
          </li>
        ))}
      </ul>
      <Form.Item
        name="again"
        label="再次输入新密码"
        dependencies={['next']}
        rules={[
          { required: true, message: '请再次输入新密码' },
          { validator: async (_, value) => void (value && value !== next && refuse('两次输入的新密码不一致')) },
        ]}
        validateTrigger="onBlur"
      >
        <Input.Password autoComplete="new-password" maxLength={256} />
      </Form.Item>
      {change.isError && <Alert type="error" showIcon role="alert" title={errorText(change.error)} />}
      <Button type="primary" htmlType="submit" loading={change.isPending}>
        修改密码
      </Button>
    </Form>
  );
}

function refuse(message: string): never {
  throw new Error(message);
}

function meets(policy: PasswordPolicy | undefined, owner: PasswordOwner, current: string) {
  return async (_: unknown, next: string | undefined) => {
    const open =
      policy && next ? passwordChecks(policy, owner, next, current).find(({ met }) => met === false) : undefined;
    if (open) refuse(`新密码不符合要求：${open.text}`);
  };
}
