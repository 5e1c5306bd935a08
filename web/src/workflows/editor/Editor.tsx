import { Alert } from 'antd';
import { useRef } from 'react';
import { LeavingGuard } from '../../drafts/LeavingGuard.tsx';
import { errorText } from '../../platform/errors.ts';
import type { Workflow } from '../workflow.ts';
import { DraftConflict } from './DraftConflict.tsx';
import { DraftLeft } from './DraftLeft.tsx';
import { FindingsPanel } from './FindingsPanel.tsx';
import { Palette } from './Palette.tsx';
import { SidePanel } from './SidePanel.tsx';
import { Toolbar } from './Toolbar.tsx';
import { useDraft } from './useDraft.ts';
import { useDrawing } from './useDrawing.ts';
import { useFindings } from './useFindings.ts';
import './editor.css';

/** Drawing, form and state of one workflow. */
export function Editor({ opened }: { opened: Workflow }) {
  const readOnly = !opened.can.change;
  const container = useRef<HTMLDivElement>(null);
  const screen = useDrawing(container, opened.document, readOnly);
  const { drawn, xml, wrong } = screen;
  const draft = useDraft(opened, screen);
  const faults = useFindings(xml, drawn?.drawing ?? null);
  const goTo = (id: string) => drawn?.drawing.select(id);
  return (
    <div className="workflow-editor">
      <Toolbar draft={draft} drawn={drawn} readOnly={readOnly} faults={faults} onGoTo={goTo} />
      <div className="workflow-middle">
        <DraftConflict draft={draft} />
        {wrong !== null && <Alert type="error" showIcon title={`流程图无法显示：${errorText(wrong)}`} />}
        {drawn && !readOnly && <Palette drawing={drawn.drawing} />}
        <div className="workflow-drawing" ref={container} />
        <FindingsPanel faults={faults} drawing={drawn?.drawing ?? null} onGoTo={goTo} />
      </div>
      <SidePanel drawn={drawn} readOnly={readOnly} />
      {drawn && <DraftLeft draft={draft} replace={screen.replace} />}
      <LeavingGuard saved={draft.saved} save={draft.save} />
    </div>
  );
}
