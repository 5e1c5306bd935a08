import { LockOutlined, UserOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form, Input, type InputRef } from 'antd';
import { useEffect, useRef } from 'react';
import { Logo } from '../app/Logo.tsx';
import { api } from '../platform/api.ts';
import { errorText } from '../platform/errors.ts';
import { rememberViewer } from './viewer.ts';
import './login.css';

export function LoginPage() {
  const queryClient = useQueryClient();
  const password = useRef<InputRef>(null);
  const login = useMutation(
    api.auth.login.mutationOptions({
      onSuccess: (viewer) => rememberViewer(queryClient, viewer),
      onError: () => password.current?.focus({ cursor: 'all' }),
    }),
  );
  useEffect(() => {
    document.title = '登录 · 热线 Rexian';
  }, []);
  return (
    <main className="login">
      <section className="login-card">
        <header>
          <Logo />
          <div>
            <h1>热线 Rexian</h1>
            <p>政务热线呼叫中心平台</p>
          </div>
        </header>
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
      </section>
      <p className="login-foot">
        没有话机也能体验：<a href="/try/">来电体验</a>
      </p>
    </main>
  );
}
