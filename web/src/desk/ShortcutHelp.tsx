import { Modal } from 'antd';
import { lookupKeys } from '../lookup/keys.ts';
import { type ShortcutKey, shortcuts } from './shortcuts.ts';

const keys = Object.keys(shortcuts) as ShortcutKey[];
const others: [string, string][] = [
  ...Object.values(lookupKeys).map(({ label, does }): [string, string] => [label, does]),
  ['Alt+1 – 9', '知识检索中切换知识库'],
  ['1 – 4', '选择小结的处理结果'],
  ['Ctrl+Enter', '即办并办结；未登记时提交小结'],
  ['Ctrl+Shift+Enter', '同上，并签出'],
  ['Alt+Enter', '登记提交流转'],
  ['Alt+Z', '暂存登记'],
  ['Alt+X', '转到小结'],
];

export function ShortcutHelp({ open, onClose }: { open: boolean; onClose(): void }) {
  return (
    <Modal title="快捷键" open={open} onCancel={onClose} footer={null} width={600}>
      <dl className="shortcut-help">
        {keys.map((key) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{shortcuts[key]}</dd>
          </div>
        ))}
        {others.map(([key, text]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
