import { useAction, useChange } from '../forms/useChange.ts';
import { api, client } from '../platform/api.ts';

const touches = [api.categories.key(), api.desk.categories.key()];

export const useCreateCategory = () =>
  useChange({ run: client.categories.create, touches, done: ({ name }) => `已新增“${name}”` });
export const useChangeCategory = () =>
  useChange({ run: client.categories.change, touches, done: ({ name }) => `已保存“${name}”` });
export const useMoveCategory = () =>
  useChange({ run: client.categories.move, touches, done: ({ name }) => `已移动“${name}”` });
export const useOrderCategory = () => useAction({ run: client.categories.move, touches });
export const useSwitchCategory = () =>
  useAction({
    run: client.categories.change,
    touches,
    done: ({ name, active }) => `已${active ? '启用' : '停用'}“${name}”`,
  });
