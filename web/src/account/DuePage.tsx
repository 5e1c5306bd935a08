import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { EntranceCard } from '../auth/EntranceCard.tsx';
import { forgetViewer, refetchViewer, rememberViewer, useViewer } from '../auth/viewer.ts';
import { api } from '../platform/api.ts';
import { useTitle } from '../platform/useTitle.ts';
import { ChangePassword } from './ChangePassword.tsx';
import { EnrolTotp } from './EnrolTotp.tsx';
import './account.css';

/** What must be done before anything else; the server refuses all other routes meanwhile. */
export default function DuePage() {
  const viewer = useViewer();
  const queryClient = useQueryClient();
  const password = viewer.due === 'password';
  const title = password ? '修改密码' : '绑定动态口令';
  useTitle(title);
  const logout = useMutation(api.auth.logout.mutationOptions({ onSettled: () => forgetViewer(queryClient) }));
  const foot = (
    <Button type="link" size="small" loading={logout.isPending} onClick={() => logout.mutate(undefined)}>
      退出登录
    </Button>
  );
  return (
    <EntranceCard title={title} wide={!password} foot={foot}>
      <Alert
        type="info"
        showIcon
        title={
          password
            ? `${viewer.name}，您好。首次登录、密码被重置或已到期时，需要设置新密码后继续。`
            : `${viewer.name}，您好。您的权限要求登录时使用动态口令，绑定后继续。`
        }
      />
      {password ? (
        <ChangePassword onDone={(changed) => rememberViewer(queryClient, changed)} />
      ) : (
        <EnrolTotp onDone={() => void refetchViewer(queryClient)} />
      )}
    </EntranceCard>
  );
}
