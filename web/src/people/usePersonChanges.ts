import { useAction, useChange } from '../forms/useChange.ts';
import { api, client } from '../platform/api.ts';

/** Units and roles tell how many people they have. */
const touches = [api.people.key(), api.units.key(), api.roles.key()];

export const useCreatePerson = () => useChange({ run: client.people.create, touches });
export const useChangePerson = () =>
  useChange({ run: client.people.change, touches, done: ({ name }) => `已保存“${name}”` });
export const useAssignRoles = () =>
  useChange({ run: client.people.assignRoles, touches, done: ({ name }) => `已保存“${name}”的角色与数据范围` });
export const useResetPassword = () => useAction({ run: client.people.resetPassword, touches });
export const useSwitchPerson = () =>
  useAction({
    run: client.people.change,
    touches,
    done: ({ name, active }) => `已${active ? '启用' : '停用'}“${name}”`,
  });
export const useUnlock = () =>
  useAction({ run: client.people.unlock, touches, done: ({ name }) => `已解除“${name}”的锁定` });
export const useRemoveTotp = () =>
  useAction({ run: client.people.removeTotp, touches, done: ({ name }) => `已解除“${name}”的动态口令` });
