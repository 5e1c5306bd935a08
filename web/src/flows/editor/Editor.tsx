import type { FlowDetail } from '@rexian/contracts';
import { ReactFlowProvider } from '@xyflow/react';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { Marks } from '../canvas/marks.ts';
import { AddMenu } from './AddMenu.tsx';
import { DraftConflict } from './draft/DraftConflict.tsx';
import { DraftLeft } from './draft/DraftLeft.tsx';
import { LeavingGuard } from './draft/LeavingGuard.tsx';
import { useDraft } from './draft/useDraft.ts';
import { type Dropped, EditorCanvas } from './EditorCanvas.tsx';
import { FindingsProvider, useFindings } from './findings.ts';
import { KeyHelp } from './KeyHelp.tsx';
import type { Place } from './NodeForm.tsx';
import { NodeSearch } from './NodeSearch.tsx';
import { OptionsProvider, useOptions } from './options.tsx';
import { Palette } from './Palette.tsx';
import { SidePanel } from './SidePanel.tsx';
import { EditorProvider, useEditor } from './state.ts';
import { Toolbar } from './Toolbar.tsx';
import { type Connection, useActions } from './useActions.ts';
import { useKeys } from './useKeys.ts';
import './editor.css';

/** Kinds of nodes, drawing and form of one flow. */
export function Editor({ opened }: { opened: FlowDetail }) {
  return (
    <ReactFlowProvider>
      <OptionsProvider flowId={opened.id} unitId={opened.unit.id}>
        <Bench opened={opened} />
      </OptionsProvider>
    </ReactFlowProvider>
  );
}

function Bench({ opened }: { opened: FlowDetail }) {
  const state = useEditor(opened.document, { readOnly: !opened.can.change });
  const draft = useDraft(opened, state);
  const findings = useFindings(state.document, useOptions().known);
  const actions = useActions(state);
  const root = useRef<HTMLDivElement>(null);
  const [marks, showMarks] = useState<Marks | null>(null);
  const [place, setPlace] = useState<(Place & { node: string }) | null>(null);
  const [edge, setEdge] = useState<Connection | null>(null);
  const [dropped, setDropped] = useState<Dropped | null>(null);
  const [shown, setShown] = useState<'search' | 'help' | null>(null);
  const add = useCallback((type: string) => actions.add(type), [actions]);
  const goTo = useCallback(
    (node: string, field?: string) => {
      actions.goTo(node);
      setPlace(field === undefined ? null : { node, field });
    },
    [actions],
  );
  const toDrawing = useCallback(() => {
    root.current?.querySelector<HTMLElement>('.flow-canvas')?.focus();
    setShown(null);
    setDropped(null);
  }, []);
  useKeys(root, state, actions, {
    search: () => setShown('search'),
    help: () => setShown('help'),
    form: () => root.current?.querySelector<HTMLElement>('.side-panel :is(input, textarea)')?.focus(),
    drawing: toDrawing,
    removeEdge() {
      if (!edge) return false;
      actions.connect(edge.node, edge.port, null);
      setEdge(null);
      return true;
    },
  });
  const faults = useMemo(() => ({ nodes: findings.nodeMarks }), [findings]);
  return (
    <EditorProvider value={state}>
      <FindingsProvider value={findings}>
        <div className="flow-editor" ref={root} data-read-only={state.readOnly || undefined}>
          <Toolbar
            draft={draft}
            actions={actions}
            onSearch={() => setShown('search')}
            onHelp={() => setShown('help')}
            showMarks={showMarks}
          />
          {!state.readOnly && <Palette onAdd={add} />}
          <div className="editor-middle">
            <EditorCanvas
              marks={marks ?? faults}
              actions={actions}
              edge={edge}
              onEdge={setEdge}
              onDropped={setDropped}
            />
            {dropped && (
              <AddMenu
                on={dropped.on}
                onClose={toDrawing}
                onAdd={(type) => {
                  actions.add(type, dropped);
                  toDrawing();
                }}
              />
            )}
            {shown === 'search' && <NodeSearch onGoTo={actions.goTo} onClose={toDrawing} />}
          </div>
          <SidePanel actions={actions} place={place} onGoTo={goTo} />
          <DraftConflict draft={draft} />
          <DraftLeft draft={draft} />
          <LeavingGuard draft={draft} />
          {shown === 'help' && <KeyHelp onClose={toDrawing} />}
        </div>
      </FindingsProvider>
    </EditorProvider>
  );
}
