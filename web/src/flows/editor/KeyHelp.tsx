import { Modal } from 'antd';

const KEYS: readonly (readonly [string, string])[] = [
  ['Ctrl+Z / Ctrl+Y', '撤销 / 重做'],
  ['Ctrl+C / X / V', '复制 / 剪切 / 粘贴，可跨流程'],
  ['Ctrl+D', '生成副本'],
  ['Ctrl+A', '全选'],
  ['Ctrl+F', '查找节点'],
  ['Delete', '删除选中的节点或连线'],
  ['方向键', '移动节点，按住 Shift 移得更远'],
  ['Tab / Shift+Tab', '沿流程到下一个 / 上一个节点'],
  ['Enter', '编辑选中的节点'],
  ['0', '显示全部节点'],
  ['Esc', '取消选择，从表单回到画布'],
  ['Ctrl+单击', '多选'],
  ['Shift+拖动空白处', '框选'],
  ['F1 或 ?', '本帮助'],
];

export function KeyHelp({ onClose }: { onClose(): void }) {
  return (
    <Modal open title="快捷键" width={460} footer={null} onCancel={onClose}>
      <dl className="key-help">
        {KEYS.map(([keys, what]) => (
          <div key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
