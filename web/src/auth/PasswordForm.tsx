import { LockOutlined, UserOutlined } from '@ant-design/icons';
import type { SignInStep } from '@rexian/contracts';
import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Form, Input, type InputRef } from 'antd';
import { useRef } from 'react';
import { api } from '../platform/api.ts';
import { errorText } from '../platform/errors.ts';

export function PasswordForm({ onStep }: { onStep(step: SignInStep): void }) {
  const password = useRef<InputRef>(null);
  const login = useMutation(
    api.auth.login.mutationOptions({
      onSuccess: onStep,
      onError: () => password.current?.focus({ cursor: 'all' }),
    }),
  );
  return (
    <Form
      layout="vertical"
      size="large"
      requiredMark={false}
      onFinish={(values: { login: string; password: string }) => login.mutate(values)}
      onValuesChange={() => login.isError && login.reset()}
    >
      <Form.Item name="login" label="工号" rules={[{ required: true, whitespace: true, message: '请输入工号' }]}>
        <Input prefix={<UserOutlined />} autoFocus autoComplete="username" maxLength={64} />
      </Form.Item>
      <Form.Item name="password" label="密码" rules={[{ required: true, message: '请输入密码' }]}>
        <Input.Password ref={password} prefix={<LockOutlined />} autoComplete="current-password" maxLength={256} />
      </Form.Item>
      {login.isError && <Alert type="error" showIcon role="alert" title={errorText(login.error)} />}
      <Button type="primary" htmlType="submit" block loading={login.isPending}>
        登录
      </Button>
    </Form>
  );
}
