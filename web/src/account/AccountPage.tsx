import { dataScope } from '@rexian/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, App, Descriptions } from 'antd';
import { useEffect } from 'react';
import { useLocation } from 'react-router';
import { pagesOf } from '../app/pages.tsx';
import { rememberViewer, useViewer } from '../auth/viewer.ts';
import { api } from '../platform/api.ts';
import { useTitle } from '../platform/useTitle.ts';
import { ChangePassword } from './ChangePassword.tsx';
import { Sessions } from './Sessions.tsx';
import { TotpPanel } from './TotpPanel.tsx';
import './account.css';

export default function AccountPage() {
  const viewer = useViewer();
  const { hash, key } = useLocation();
  useTitle('我的账号');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same part may be asked for twice
  useEffect(() => {
    const part = hash && document.getElementById(hash.slice(1));
    if (!part) return;
    part.scrollIntoView({ block: 'start' });
    part.querySelector<HTMLElement>('input:not([hidden])')?.focus({ preventScroll: true });
  }, [hash, key]);
  return (
    <div className="account">
      {pagesOf(viewer).length === 0 && (
        <Alert
          type="info"
          showIcon
          title={`${viewer.name}，您好。您的账号还没有可用的功能`}
          description="请联系管理员为您分配角色，分配后页面会自动出现相应菜单，无需重新登录。"
        />
      )}
      <section className="panel">
        <h2>我的账号</h2>
        <Descriptions className="panel-body" size="small" column={3} items={factsOf(viewer)} />
      </section>
      <div className="account-columns">
        <Password />
        <section className="panel" id="totp">
          <h2>动态口令</h2>
          <div className="panel-body">
            <TotpPanel />
          </div>
        </section>
      </div>
      <section className="panel" id="sessions">
        <h2>
          登录会话 <small>不认识的会话请立即结束，并修改密码</small>
        </h2>
        <Sessions />
      </section>
    </div>
  );
}

function factsOf(viewer: ReturnType<typeof useViewer>) {
  return [
    { key: 'name', label: '姓名', children: viewer.name },
    { key: 'login', label: '工号', children: viewer.login },
    { key: 'agent', label: '坐席号', children: viewer.agentNumber ?? '—' },
    { key: 'unit', label: '所属机构', children: viewer.unit.name },
    { key: 'centre', label: '所属中心', children: viewer.centre.name },
    { key: 'scope', label: '数据范围', children: dataScope.labels[viewer.scope] },
    { key: 'roles', label: '角色', span: 3, children: viewer.roles.map(({ name }) => name).join('、') || '未分配' },
  ];
}

function Password() {
  const { message } = App.useApp();
  const queryClient = useQueryClient();
  return (
    <section className="panel" id="password">
      <h2>
        修改密码 <small>修改后，其他电脑上的登录会话全部结束</small>
      </h2>
      <div className="panel-body">
        <ChangePassword
          onDone={(changed) => {
            rememberViewer(queryClient, changed);
            void queryClient.invalidateQueries({ queryKey: api.auth.sessions.key() });
            void message.success('密码已修改');
          }}
        />
      </div>
    </section>
  );
}
