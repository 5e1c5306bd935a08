import { ConfigProvider } from 'antd';
import { ElementForm } from '../forms/ElementForm.tsx';
import { LimitsOverview } from './LimitsOverview.tsx';
import type { Drawn } from './useDrawing.ts';

/** The form of what is selected. */
export function SidePanel({ drawn, readOnly }: { drawn: Drawn | null; readOnly: boolean }) {
  const element = drawn?.selected;
  return (
    <aside className="workflow-side" aria-label="属性">
      {drawn && element && element.type !== 'bpmn:Process' ? (
        <ConfigProvider componentDisabled={readOnly}>
          <ElementForm drawing={drawn.drawing} element={element} key={element.id} />
        </ConfigProvider>
      ) : (
        <>
          <p className="muted">
            {readOnly ? '选择环节查看设置' : '选择环节或连线进行设置；从上方添加元素，或选中后从旁边的工具添加'}
          </p>
          {drawn && <LimitsOverview drawing={drawn.drawing} />}
        </>
      )}
    </aside>
  );
}
