import { App } from 'antd';
import { useAction, useChange } from '../forms/useChange.ts';
import { api, client } from '../platform/api.ts';
import { errorCode, errorText } from '../platform/errors.ts';

/** Units and roles tell how many people they have. */
const touches = [api.people.key(), api.units.key(), api.roles.key()];

type Change = Parameters<typeof client.people.change>[0];

/** Asks whoever would leave flows with nobody to lead calls to; a no is the server's refusal. */
function useAskedChange() {
  const { modal } = App.useApp();
  return async (change: Change) => {
    try {
      return await client.people.change(change);
    } catch (error) {
      if (errorCode(error) !== 'IN_USE') throw error;
      const sure = await modal.confirm({
        title: `仍要${change.active ? '修改' : '停用'}“${change.name}”？`,
        content: errorText(error),
        okText: change.active ? '仍要修改' : '仍要停用',
        cancelText: '取消',
        okButtonProps: { danger: true },
      });
      if (!sure) throw error;
      return client.people.change({ ...change, confirmed: true });
    }
  };
}

export const useCreatePerson = () => useChange({ run: client.people.create, touches });
export const useChangePerson = () =>
  useChange({ run: useAskedChange(), touches, done: ({ name }) => `已保存“${name}”` });
export const useAssignRoles = () =>
  useChange({ run: client.people.assignRoles, touches, done: ({ name }) => `已保存“${name}”的角色与数据范围` });
export const useResetPassword = () => useAction({ run: client.people.resetPassword, touches });
export const useSwitchPerson = () =>
  useAction({
    run: useAskedChange(),
    touches,
    done: ({ name, active }) => `已${active ? '启用' : '停用'}“${name}”`,
  });
export const useUnlock = () =>
  useAction({ run: client.people.unlock, touches, done: ({ name }) => `已解除“${name}”的锁定` });
export const useRemoveTotp = () =>
  useAction({ run: client.people.removeTotp, touches, done: ({ name }) => `已解除“${name}”的动态口令` });
