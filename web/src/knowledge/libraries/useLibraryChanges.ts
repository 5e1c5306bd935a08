import { useAction, useChange } from '../../forms/useChange.ts';
import { api, client } from '../../platform/api.ts';

const touches = [api.knowledgeLibraries.key(), api.knowledge.key()];

export const useCreateLibrary = () =>
  useChange({ run: client.knowledgeLibraries.create, touches, done: ({ name }) => `已新增“${name}”` });
export const useChangeLibrary = () =>
  useChange({ run: client.knowledgeLibraries.change, touches, done: ({ name }) => `已保存“${name}”` });
export const useOrderLibrary = () => useAction({ run: client.knowledgeLibraries.move, touches });
export const useCreateCategory = () =>
  useChange({ run: client.knowledgeLibraries.createCategory, touches, done: (_, { name }) => `已新增“${name}”` });
export const useChangeCategory = () =>
  useChange({ run: client.knowledgeLibraries.changeCategory, touches, done: (_, { name }) => `已保存“${name}”` });
export const useMoveCategory = () =>
  useChange({ run: client.knowledgeLibraries.moveCategory, touches, done: '已移动' });
export const useOrderCategory = () => useAction({ run: client.knowledgeLibraries.moveCategory, touches });
export const useSwitchCategory = () =>
  useAction({
    run: client.knowledgeLibraries.changeCategory,
    touches,
    done: (_, { name, enabled }) => `已${enabled ? '启用' : '停用'}“${name}”`,
  });
