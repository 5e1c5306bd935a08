import { useAction, useChange } from '../forms/useChange.ts';
import { api, client } from '../platform/api.ts';

/** Names and places of units stand in all these lists. */
const touches = [api.units.key(), api.people.key(), api.numbers.key(), api.lists.key(), api.calendars.key()];

export const useCreateUnit = () =>
  useChange({ run: client.units.create, touches, done: (unit) => `已新增“${unit.name}”` });
export const useChangeUnit = () =>
  useChange({ run: client.units.change, touches, done: (unit) => `已保存“${unit.name}”` });
export const useMoveUnit = () => useChange({ run: client.units.move, touches, done: (unit) => `已移动“${unit.name}”` });
export const useSwitchUnit = () =>
  useAction({
    run: client.units.change,
    touches,
    done: (unit) => `已${unit.active ? '启用' : '停用'}“${unit.name}”`,
  });
export const useRemoveUnit = () => useAction({ run: client.units.remove, touches, done: '已删除' });
