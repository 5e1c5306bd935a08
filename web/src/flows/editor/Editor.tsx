import type { FlowDetail } from '@rexian/contracts';
import { ReactFlowProvider } from '@xyflow/react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { LeavingGuard } from '../../drafts/LeavingGuard.tsx';
import type { Marks } from '../canvas/marks.ts';
import { AddMenu } from './AddMenu.tsx';
import { DraftConflict } from './draft/DraftConflict.tsx';
import { DraftLeft } from './draft/DraftLeft.tsx';
import { useDraft } from './draft/useDraft.ts';
import { type Dropped, EditorCanvas } from './EditorCanvas.tsx';
import { FindingsPanel } from './FindingsPanel.tsx';
import { FindingsProvider, useFindings } from './findings.ts';
import { KeyHelp } from './KeyHelp.tsx';
import { NodeSearch } from './NodeSearch.tsx';
import { OptionsProvider, useOptions } from './options.tsx';
import { Palette } from './Palette.tsx';
import { SidePanel, type Wanted } from './SidePanel.tsx';
import { type Editing, EditingProvider, EditorProvider, useEditor } from './state.ts';
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
  const [laidOver, showMarks] = useState<Marks | null>(null);
  const [edge, setEdge] = useState<Connection | null>(null);
  const [dropped, setDropped] = useState<Dropped | null>(null);
  const [shown, setShown] = useState<'search' | 'help' | null>(null);
  const [checking, setChecking] = useState(false);
  const [wanted, setWanted] = useState<Wanted | null>(null);
  const { current, select, change } = state;
  const editing = useMemo((): Editing => ({ current, select, change }), [current, select, change]);
  const marks = useMemo(() => laidOver ?? { nodes: findings.nodeMarks }, [laidOver, findings.nodeMarks]);
  const add = useCallback((type: string) => actions.add(type), [actions]);
  const goTo = useCallback(
    (node: string, field?: string) => {
      actions.goTo(node);
      setWanted({ node, field });
    },
    [actions],
  );
  const toDrawing = useCallback(() => {
    root.current?.querySelector<HTMLElement>('.flow-canvas')?.focus();
    setShown(null);
    setDropped(null);
  }, []);
  const search = useCallback(() => setShown('search'), []);
  const help = useCallback(() => setShown('help'), []);
  const check = useCallback(() => setChecking((before) => !before), []);
  useKeys(root, state, actions, {
    search,
    help,
    form: (node) => setWanted({ node, field: 'title' }),
    drawing: toDrawing,
    removeEdge() {
      if (!edge) return false;
      actions.connect(edge.node, edge.port, null);
      setEdge(null);
      return true;
    },
  });
  return (
    <EditorProvider value={state}>
      <EditingProvider value={editing}>
        <FindingsProvider value={findings}>
          <div className="flow-editor" ref={root} data-read-only={state.readOnly || undefined}>
            <Toolbar
              draft={draft}
              actions={actions}
              checking={checking}
              onCheck={check}
              onSearch={search}
              onHelp={help}
              showMarks={showMarks}
            />
            {!state.readOnly && <Palette onAdd={add} />}
            <div className="editor-middle">
              <DraftConflict draft={draft} />
              <EditorCanvas marks={marks} actions={actions} edge={edge} onEdge={setEdge} onDropped={setDropped} />
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
              {checking && <FindingsPanel onGoTo={goTo} />}
            </div>
            <SidePanel actions={actions} wanted={wanted} />
            {shown === 'help' && <KeyHelp onClose={toDrawing} />}
            <DraftLeft draft={draft} />
            <LeavingGuard saved={draft.saved} save={draft.save} />
          </div>
        </FindingsProvider>
      </EditingProvider>
    </EditorProvider>
  );
}
