import { type SecuritySettings, securitySettings } from '@rexian/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Form, InputNumber, Spin, Switch } from 'antd';
import { refetchViewer } from '../auth/viewer.ts';
import { api } from '../platform/api.ts';
import { errorText } from '../platform/errors.ts';
import { Failed } from '../platform/Failed.tsx';
import { useTitle } from '../platform/useTitle.ts';
import { contradiction, type Group, groups } from './groups.ts';
import './security.css';

/** 安全策略: what holds for everyone's sign-in. */
export default function SecurityPage() {
  const { data, error, isPending, refetch } = useQuery(api.security.get.queryOptions());
  useTitle('安全策略');
  if (isPending) return <Spin className="page-spin" size="large" />;
  if (!data) return <Failed error={error} retry={refetch} />;
  return <SettingsForm settings={data} />;
}

function SettingsForm({ settings }: { settings: SecuritySettings }) {
  const { message } = App.useApp();
  const queryClient = useQueryClient();
  const [form] = Form.useForm<SecuritySettings>();
  const typed = Form.useWatch((values: SecuritySettings) => values, form) ?? settings;
  const save = useMutation(
    api.security.save.mutationOptions({
      onSuccess: (saved) => {
        queryClient.setQueryData(api.security.get.queryKey(), saved);
        // Asking all administrators for a one-time password includes the one who has just asked for it.
        void refetchViewer(queryClient);
        void message.success('安全策略已保存，立即生效');
      },
    }),
  );
  const changed = JSON.stringify(securitySettings.safeParse(typed).data) !== JSON.stringify(settings);
  const wrong = securitySettings.safeParse(typed).success ? contradiction(typed) : null;
  return (
    <Form<SecuritySettings>
      form={form}
      className="security"
      layout="horizontal"
      colon={false}
      initialValues={settings}
      onFinish={(values) => save.mutate(values)}
      onValuesChange={() => save.isError && save.reset()}
    >
      {groups.map((group) => (
        <NumberGroup key={group.title} group={group} />
      ))}
      <section className="panel">
        <h2>动态口令</h2>
        <div className="panel-body security-row">
          <label htmlFor="totpForAdministrators">管理人员必须使用</label>
          <Form.Item name="totpForAdministrators" valuePropName="checked" noStyle>
            <Switch id="totpForAdministrators" checkedChildren="是" unCheckedChildren="否" />
          </Form.Item>
          <p>
            {typed.totpForAdministrators
              ? '能修改配置、分配权限或管理安全的人员，登录时须再输入手机验证器上的 6 位数字；尚未绑定的，下次操作前必须先绑定（包括您本人）。'
              : '管理人员可以只用密码登录。建议开启：管理账号的密码一旦泄露，全平台都受影响。'}
          </p>
        </div>
      </section>
      <footer className="security-footer">
        {wrong && <Alert type="warning" showIcon role="alert" title={wrong} />}
        {save.isError && <Alert type="error" showIcon role="alert" title={errorText(save.error)} />}
        <Button type="primary" htmlType="submit" loading={save.isPending} disabled={!changed || wrong !== null}>
          保存
        </Button>
        <Button disabled={!changed} onClick={() => form.resetFields()}>
          放弃修改
        </Button>
        <span className="muted">修改会记入审计日志</span>
      </footer>
    </Form>
  );
}

function NumberGroup({ group }: { group: Group }) {
  return (
    <section className="panel">
      <h2>{group.title}</h2>
      <div className="panel-body security-fields">
        {group.fields.map(({ path, label, unit, min, max, explain }) => (
          <div className="security-row" key={path.join('.')}>
            <label htmlFor={path.join('_')}>{label}</label>
            <span>
              <Form.Item
                name={path}
                noStyle
                rules={[{ required: true, type: 'integer', min, max, message: `请填 ${min} 到 ${max} 的整数` }]}
              >
                <InputNumber id={path.join('_')} min={min} max={max} precision={0} controls={false} />
              </Form.Item>
              <em>{unit}</em>
            </span>
            <Form.Item noStyle dependencies={[path]}>
              {({ getFieldValue }) => {
                const value: unknown = getFieldValue(path);
                return <p>{typeof value === 'number' ? explain(value) : `请填 ${min} 到 ${max} 的整数`}</p>;
              }}
            </Form.Item>
          </div>
        ))}
      </div>
    </section>
  );
}
