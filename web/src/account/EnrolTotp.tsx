import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Form, Input, QRCode, Typography } from 'antd';
import { useState } from 'react';
import { api } from '../platform/api.ts';
import { errorCode, errorText } from '../platform/errors.ts';
import { RecoveryCodes } from './RecoveryCodes.tsx';

type Secret = { secret: string; uri: string };

/** 绑定动态口令: password, QR code, first code, recovery codes. `onDone` comes after the recovery codes were kept. */
export function EnrolTotp({ onDone, onCancel }: { onDone(): void; onCancel?(): void }) {
  const [secret, setSecret] = useState<Secret | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  if (codes) return <RecoveryCodes codes={codes} onKept={onDone} />;
  if (secret) return <Confirm secret={secret} onCodes={setCodes} onRestart={() => setSecret(null)} />;
  return <Begin onSecret={setSecret} onCancel={onCancel} />;
}

function Begin({ onSecret, onCancel }: { onSecret(secret: Secret): void; onCancel?: (() => void) | undefined }) {
  const begin = useMutation(api.auth.totp.begin.mutationOptions({ onSuccess: onSecret }));
  return (
    <Form<{ password: string }>
      name="enrol"
      className="narrow"
      layout="vertical"
      requiredMark={false}
      onFinish={(values) => begin.mutate(values)}
      onValuesChange={() => begin.isError && begin.reset()}
    >
      <Form.Item
        name="password"
        label="登录密码"
        extra="先确认是您本人"
        rules={[{ required: true, message: '请输入登录密码' }]}
      >
        <Input.Password autoFocus autoComplete="current-password" maxLength={256} />
      </Form.Item>
      {begin.isError && <Alert type="error" showIcon role="alert" title={errorText(begin.error)} />}
      <div className="account-buttons">
        <Button type="primary" htmlType="submit" loading={begin.isPending}>
          下一步
        </Button>
        {onCancel && <Button onClick={onCancel}>取消</Button>}
      </div>
    </Form>
  );
}

type ConfirmProps = { secret: Secret; onCodes(codes: string[]): void; onRestart(): void };

function Confirm({ secret, onCodes, onRestart }: ConfirmProps) {
  const [form] = Form.useForm<{ code: string }>();
  const confirm = useMutation(
    api.auth.totp.confirm.mutationOptions({
      onSuccess: ({ recoveryCodes }) => onCodes(recoveryCodes),
      onError: (error) => {
        // Begun too long ago or on another page: a new secret is needed.
        if (errorCode(error) === 'WRONG_STATE') onRestart();
        else form.resetFields();
      },
    }),
  );
  const send = (code: string) => !confirm.isPending && confirm.mutate({ code: code.replaceAll(/\s/g, '') });
  const change = ({ code }: { code?: string }) => {
    if (confirm.isError && code) confirm.reset();
    if (code && /^\d{6}$/.test(code.replaceAll(/\s/g, ''))) send(code);
  };
  return (
    <div className="enrol">
      <div className="enrol-secret">
        <QRCode value={secret.uri} size={176} type="svg" />
        <div>
          <p>1. 用手机上的验证器（如微信小程序“身份验证器”、Microsoft Authenticator、FreeOTP）扫描二维码。</p>
          <p className="muted">不能扫码时，在验证器中手动输入密钥：</p>
          <Typography.Text code copyable={{ text: secret.secret }} className="enrol-text" data-testid="totp-secret">
            {secret.secret.replaceAll(/(.{4})(?=.)/g, '$1 ')}
          </Typography.Text>
        </div>
      </div>
      <Form
        form={form}
        name="confirm"
        layout="vertical"
        requiredMark={false}
        onFinish={({ code }) => send(code)}
        onValuesChange={change}
      >
        <Form.Item
          name="code"
          label="2. 输入验证器显示的 6 位数字"
          rules={[{ required: true, message: '请输入 6 位数字' }]}
        >
          <Input autoFocus inputMode="numeric" autoComplete="one-time-code" maxLength={7} className="code-input" />
        </Form.Item>
        {confirm.isError && <Alert type="error" showIcon role="alert" title={errorText(confirm.error)} />}
        <Button type="primary" htmlType="submit" loading={confirm.isPending}>
          完成绑定
        </Button>
      </Form>
    </div>
  );
}
