import { Modal } from 'antd';
import { type ShortcutKey, shortcuts } from './shortcuts.ts';

const keys = Object.keys(shortcuts) as ShortcutKey[];
const others: [string, string][] = [
  ['1 – 4', '选择小结的处理结果'],
  ['Ctrl+Enter', '提交小结'],
  ['Ctrl+Shift+Enter', '提交小结并签出'],
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
