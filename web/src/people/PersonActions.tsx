import type { Person } from '@rexian/contracts';
import { Button, Dropdown, type MenuProps } from 'antd';
import { may, useViewer } from '../auth/viewer.ts';
import { useConfirm } from '../forms/useConfirm.ts';
import type { ShownPassword } from './PasswordShown.tsx';
import { useRemoveTotp, useResetPassword, useSwitchPerson, useUnlock } from './usePersonChanges.ts';

export type PersonAsk = 'change' | 'roles';
type Props = { person: Person; onAsk(ask: PersonAsk): void; onPassword(shown: ShownPassword): void };

/** What the viewer may do with one person; the rarer things behind 更多. */
export function PersonActions({ person, onAsk, onPassword }: Props) {
  const more = useMore(person, onPassword);
  return (
    <>
      {person.can.change && (
        <Button type="link" size="small" onClick={() => onAsk('change')}>
          修改
        </Button>
      )}
      {person.can.assignRoles && (
        <Button type="link" size="small" onClick={() => onAsk('roles')}>
          分配角色
        </Button>
      )}
      {more.length > 0 && (
        <Dropdown trigger={['click']} menu={{ items: more }}>
          <Button type="link" size="small" aria-label={`${person.name}的更多操作`}>
            更多
          </Button>
        </Dropdown>
      )}
    </>
  );
}

function useMore(person: Person, onPassword: (shown: ShownPassword) => void): NonNullable<MenuProps['items']> {
  const viewer = useViewer();
  const confirm = useConfirm();
  const reset = useResetPassword();
  const unlock = useUnlock();
  const removeTotp = useRemoveTotp();
  const activate = useSwitchPerson();
  const { id, name, login } = person;
  const facts = { id, name, unitId: person.unit.id, agentNumber: person.agentNumber };
  const items = [
    person.can.resetPassword && {
      key: 'reset',
      label: '重置密码',
      onClick: () =>
        confirm({
          title: `重置“${name}”（工号 ${login}）的密码？`,
          content: '原密码立即失效，将生成一个只显示一次的临时密码。',
          okText: '重置',
          run: async () => {
            const answer = await reset.act({ id });
            if (answer) onPassword({ name, login, password: answer.temporaryPassword });
          },
        }),
    },
    person.can.unlock &&
      person.lockedUntil !== null && { key: 'unlock', label: '解除锁定', onClick: () => void unlock.act({ id }) },
    may(viewer, 'security.manage') &&
      person.totp && {
        key: 'totp',
        label: '解除动态口令',
        onClick: () =>
          confirm({
            title: `解除“${name}”的动态口令？`,
            content: '用于手机丢失或更换。请先核实本人身份；解除后只凭密码即可登录。',
            okText: '解除',
            run: () => removeTotp.act({ id }),
          }),
      },
    person.can.change &&
      person.active && {
        key: 'stop',
        label: '停用',
        danger: true,
        onClick: () =>
          confirm({
            title: `停用“${name}”（工号 ${login}）？`,
            content: '停用后立即退出所有登录，不能再登录。随时可以重新启用。',
            okText: '停用',
            run: () => activate.act({ ...facts, active: false }),
          }),
      },
    person.can.change &&
      !person.active && { key: 'start', label: '启用', onClick: () => void activate.act({ ...facts, active: true }) },
  ];
  return items.filter((item) => item !== false);
}
