import type { FlowDetail } from '@rexian/contracts';
import { ReactFlowProvider } from '@xyflow/react';
import { useCallback, useRef, useState } from 'react';
import type { Marks } from '../canvas/marks.ts';
import { NamesProvider } from '../canvas/names.ts';
import { useNames } from '../history/useNames.ts';
import { AddMenu } from './AddMenu.tsx';
import { type Dropped, EditorCanvas } from './EditorCanvas.tsx';
import { KeyHelp } from './KeyHelp.tsx';
import { NodeSearch } from './NodeSearch.tsx';
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
      <Bench opened={opened} />
    </ReactFlowProvider>
  );
}

function Bench({ opened }: { opened: FlowDetail }) {
  const state = useEditor(opened.document, { readOnly: !opened.can.change });
  const names = useNames(opened.unit.id);
  const actions = useActions(state);
  const root = useRef<HTMLDivElement>(null);
  const [marks, showMarks] = useState<Marks | null>(null);
  const [edge, setEdge] = useState<Connection | null>(null);
  const [dropped, setDropped] = useState<Dropped | null>(null);
  const [shown, setShown] = useState<'search' | 'help' | null>(null);
  const add = useCallback((type: string) => actions.add(type), [actions]);
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
  return (
    <EditorProvider value={state}>
      <NamesProvider value={names}>
        <div className="flow-editor" ref={root} data-read-only={state.readOnly || undefined}>
          <Toolbar
            flow={opened}
            actions={actions}
            onSearch={() => setShown('search')}
            onHelp={() => setShown('help')}
            showMarks={showMarks}
          />
          {!state.readOnly && <Palette onAdd={add} />}
          <div className="editor-middle">
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
          </div>
          <SidePanel actions={actions} />
          {shown === 'help' && <KeyHelp onClose={toDrawing} />}
        </div>
      </NamesProvider>
    </EditorProvider>
  );
}
