import { Tag } from './Tag.tsx';

/** Whether a unit, a number or a code is in use. */
export function ActiveTag({ active }: { active: boolean }) {
  return <Tag tone={active ? 'ready' : 'quiet'}>{active ? '启用' : '已停用'}</Tag>;
}
