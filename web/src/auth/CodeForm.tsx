import { SafetyOutlined } from '@ant-design/icons';
import type { SignInStep } from '@rexian/contracts';
import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Form, Input, type InputRef } from 'antd';
import { useRef, useState } from 'react';
import { api } from '../platform/api.ts';
import { errorCode, errorText } from '../platform/errors.ts';

type Props = { ticket: string; onStep(step: SignInStep): void; onRestart(why: string | null): void };

/** Second step: six digits from the authenticator app, or one of the recovery codes. */
export function CodeForm({ ticket, onStep, onRestart }: Props) {
  const [form] = Form.useForm<{ code: string }>();
  const [recovery, setRecovery] = useState(false);
  const input = useRef<InputRef>(null);
  const check = useMutation(
    api.auth.loginCode.mutationOptions({
      onSuccess: onStep,
      onError: (error) => {
        if (errorCode(error) === 'UNAUTHORIZED') return onRestart('登录已超时，请重新输入密码');
        form.resetFields();
        input.current?.focus();
      },
    }),
  );
  const send = (code: string) => {
    if (!check.isPending) check.mutate({ ticket, code: recovery ? code.trim() : code.replaceAll(/\s/g, '') });
  };
  const change = ({ code }: { code: string }) => {
    if (check.isError && code) check.reset();
    // Six digits are all there is: nobody has to press Enter.
    if (!recovery && /^\d{6}$/.test(code.replaceAll(/\s/g, ''))) send(code);
  };
  const swap = () => {
    setRecovery(!recovery);
    check.reset();
    form.resetFields();
    input.current?.focus();
  };
  return (
    <Form form={form} layout="vertical" size="large" requiredMark={false} onFinish={({ code }) => send(code)}>
      <Form.Item
        name="code"
        label={recovery ? '恢复码' : '动态口令'}
        extra={recovery ? '每个恢复码只能使用一次' : '请打开手机上的验证器，输入 6 位数字'}
        rules={[{ required: true, whitespace: true, message: recovery ? '请输入恢复码' : '请输入动态口令' }]}
      >
        <Input
          ref={input}
          autoFocus
          prefix={<SafetyOutlined />}
          inputMode={recovery ? 'text' : 'numeric'}
          autoComplete={recovery ? 'off' : 'one-time-code'}
          maxLength={recovery ? 32 : 7}
          onChange={(event) => change({ code: event.target.value })}
        />
      </Form.Item>
      {check.isError && <Alert type="error" showIcon role="alert" title={errorText(check.error)} />}
      <Button type="primary" htmlType="submit" block loading={check.isPending}>
        登录
      </Button>
      <div className="login-links">
        <Button type="link" size="small" onClick={() => onRestart(null)}>
          返回
        </Button>
        <Button type="link" size="small" onClick={swap}>
          {recovery ? '使用动态口令' : '手机不在身边？使用恢复码'}
        </Button>
      </div>
    </Form>
  );
}
