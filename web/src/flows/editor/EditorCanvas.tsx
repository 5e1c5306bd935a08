import type { FlowDocument } from '@rexian/contracts';
import {
  Background,
  Controls,
  type FinalConnectionState,
  type NodeChange,
  type OnConnect,
  type OnReconnect,
  ReactFlow,
  type ReactFlowProps,
  SelectionMode,
  useReactFlow,
  useStore,
} from '@xyflow/react';
import {
  type DragEvent,
  type MouseEvent,
  memo,
  type PointerEvent,
  useCallback,
  useDeferredValue,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { type CardNode, drawEdges, drawNodes, type ExitEdge } from '../canvas/drawing.ts';
import { GRID, type Place } from '../canvas/layout.ts';
import { edgeKey, type Marks } from '../canvas/marks.ts';
import { openingView } from '../canvas/opening.ts';
import { look, Overview } from '../canvas/parts.tsx';
import { moveNodes } from './document.ts';
import { NODE_DRAG } from './Palette.tsx';
import { useEditorState } from './state.ts';
import type { Actions, Connection } from './useActions.ts';
import '@xyflow/react/dist/base.css';
import '../canvas/canvas.css';

/** An exit was drawn to where nothing is. */
export interface Dropped {
  after: Connection;
  /** On the canvas. */
  at: Place;
  /** From the corner of the drawing, in pixels. */
  on: Place;
}

type OnReconnectEnd = NonNullable<ReactFlowProps<CardNode, ExitEdge>['onReconnectEnd']>;

type Props = {
  marks: Marks | null;
  actions: Actions;
  /** The selected one. */
  edge: Connection | null;
  onEdge(edge: Connection | null): void;
  onDropped(dropped: Dropped): void;
};

const SNAP: [number, number] = [GRID, GRID];
const SEVERAL = ['Control', 'Meta', 'Shift'];
const nowhere: ReadonlyMap<string, Place> = new Map();

/** Drawn again only when what it is given changes. */
const Drawing = memo(ReactFlow<CardNode, ExitEdge>);
const surroundings = (
  <>
    <Background gap={GRID} />
    <Controls showInteractive={false} aria-label="缩放" fitViewOptions={look.fitViewOptions} />
    <Overview />
  </>
);

/**
 * The flow to work on. The document is the only truth; while nodes are dragged, their places are here alone. What React Flow is given stays
 * the same wherever it can: another handler would draw every node again.
 */
export function EditorCanvas({ marks, actions, edge, onEdge, onDropped }: Props) {
  const state = useEditorState();
  const { selected, readOnly } = state;
  // The form answers first; the drawing follows.
  const document = useDeferredValue(state.document);
  const latest = useRef(state);
  latest.current = state;
  const { screenToFlowPosition } = useReactFlow();
  useOpening(state.document);
  const [moving, setMoving] = useState(nowhere);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was put down stays where it is until the drawing knows its new place
  useEffect(() => setMoving(nowhere), [document]);
  const cards = useKept(
    useCallback((before: readonly CardNode[]) => drawNodes(document, marks?.nodes, before), [document, marks]),
  );
  const nodes = useKept(
    useCallback(
      (before: readonly CardNode[]) => cards.map((card, index) => shown(card, selected, moving, before[index])),
      [cards, selected, moving],
    ),
  );
  const lines = useKept(
    useCallback((before: readonly ExitEdge[]) => drawEdges(document, marks?.edges, before), [document, marks]),
  );
  const edges = useMemo(() => {
    const key = edge && edgeKey(edge.node, edge.port);
    return key === null ? lines : lines.map((line) => (line.id === key ? { ...line, selected: true } : line));
  }, [lines, edge]);
  const onNodesChange = useCallback((changes: NodeChange<CardNode>[]) => {
    const { document, selected, select, change } = latest.current;
    const places = changes.flatMap((each) =>
      each.type === 'position' && each.position ? [{ ...each, at: each.position }] : [],
    );
    const put = places.filter(({ dragging }) => !dragging);
    if (places.length > 0)
      setMoving((before) => new Map([...before, ...places.map(({ id, at }) => [id, at] as const)]));
    if (put.length > 0) change(moveNodes(document, new Map(put.map(({ id, at }) => [id, at]))));
    const choices = changes.flatMap((each) => (each.type === 'select' ? [each] : []));
    if (choices.length === 0) return;
    const next = new Set(selected);
    for (const { id, selected: chosen } of choices) chosen ? next.add(id) : next.delete(id);
    select(next);
  }, []);
  const reconnecting = useRef(false);
  const onConnectEnd = useCallback(
    (event: globalThis.MouseEvent | TouchEvent, { fromNode, fromHandle, isValid }: FinalConnectionState) => {
      if (isValid || reconnecting.current || !fromNode || !fromHandle?.id || fromHandle.type !== 'source') return;
      const after = { node: fromNode.id, port: fromHandle.id };
      const { node, pane, point } = under(event);
      if (node) actions.connect(after.node, after.port, node);
      else if (pane)
        onDropped({ after, at: screenToFlowPosition(point), on: { x: point.x - pane.x, y: point.y - pane.y } });
    },
    [actions, onDropped, screenToFlowPosition],
  );
  const onReconnectEnd: OnReconnectEnd = useCallback(
    (event, { source, sourceHandle }, fixed, { isValid }) => {
      reconnecting.current = false;
      if (!isValid && sourceHandle)
        actions.connect(source, sourceHandle, fixed === 'source' ? under(event).node : null);
    },
    [actions],
  );
  const onConnect: OnConnect = useCallback(
    ({ source, sourceHandle, target }) => sourceHandle && actions.connect(source, sourceHandle, target),
    [actions],
  );
  const onReconnect: OnReconnect<ExitEdge> = useCallback(
    (old, { source, sourceHandle, target }) => {
      if (!old.sourceHandle || !sourceHandle) return;
      const to = { node: source, port: sourceHandle };
      actions.reconnect({ node: old.source, port: old.sourceHandle }, to, target);
    },
    [actions],
  );
  const onReconnectStart = useCallback(() => {
    reconnecting.current = true;
  }, []);
  const onEdgeClick = useCallback(
    (_event: MouseEvent, { source, sourceHandle }: ExitEdge) => {
      latest.current.select([]);
      onEdge(sourceHandle ? { node: source, port: sourceHandle } : null);
    },
    [onEdge],
  );
  const onPaneClick = useCallback(() => onEdge(null), [onEdge]);
  const onNodeClick = useCallback(
    (event: MouseEvent, { id }: CardNode) => {
      onEdge(null);
      // React Flow leaves several selected when one of them is clicked.
      if (!event.ctrlKey && !event.metaKey && !event.shiftKey) latest.current.select([id]);
    },
    [onEdge],
  );

  const onDrop = (event: DragEvent) => {
    const type = event.dataTransfer.getData(NODE_DRAG);
    if (!type) return;
    event.preventDefault();
    const { x, y } = screenToFlowPosition({ x: event.clientX, y: event.clientY });
    actions.add(type, { at: { x: x - GRID, y: y - GRID } });
  };
  return (
    <div
      className="flow-canvas"
      role="application"
      aria-label="流程图"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it has keys of its own, see KeyHelp
      tabIndex={0}
      onDragOver={(event) => {
        if (!readOnly && event.dataTransfer.types.includes(NODE_DRAG)) event.preventDefault();
      }}
      onDrop={onDrop}
      onPointerDownCapture={focusCanvas}
    >
      <Drawing
        {...look}
        nodes={nodes}
        edges={edges}
        snapToGrid
        snapGrid={SNAP}
        nodesDraggable={!readOnly}
        nodesConnectable={!readOnly}
        edgesReconnectable={!readOnly}
        nodesFocusable={false}
        edgesFocusable={false}
        disableKeyboardA11y
        deleteKeyCode={null}
        multiSelectionKeyCode={SEVERAL}
        selectionKeyCode="Shift"
        selectionMode={SelectionMode.Partial}
        connectionRadius={28}
        elevateNodesOnSelect={false}
        zoomOnDoubleClick={false}
        onNodesChange={onNodesChange}
        onConnect={onConnect}
        onConnectEnd={onConnectEnd}
        onReconnect={onReconnect}
        onReconnectStart={onReconnectStart}
        onReconnectEnd={onReconnectEnd}
        onEdgeClick={onEdgeClick}
        onPaneClick={onPaneClick}
        onNodeClick={onNodeClick}
      >
        {surroundings}
      </Drawing>
    </div>
  );
}

/** Once there is room, the flow is shown as it is to be opened. */
function useOpening(document: FlowDocument): void {
  const { setViewport } = useReactFlow();
  const opened = useRef(false);
  const width = useStore((drawing) => (drawing.panZoom ? drawing.width : 0));
  const height = useStore((drawing) => drawing.height);
  useLayoutEffect(() => {
    if (opened.current || width === 0 || height === 0) return;
    opened.current = true;
    void setViewport(openingView(document, { width, height }));
  }, [document, width, height, setViewport]);
}

/** What an end of a connection was let go over: a node's body counts as its entry. */
function under(event: globalThis.MouseEvent | TouchEvent): { node: string | null; pane: DOMRect | null; point: Place } {
  const { clientX: x, clientY: y } = 'changedTouches' in event ? (event.changedTouches[0] as Touch) : event;
  const element = globalThis.document.elementFromPoint(x, y);
  const node = element?.closest('.react-flow__node')?.getAttribute('data-id') ?? null;
  return { node, pane: element?.closest('.react-flow__pane')?.getBoundingClientRect() ?? null, point: { x, y } };
}

/** React Flow keeps the page from moving the focus; keys belong to what is pressed on, and a field that is left belongs to its node still. */
const focusCanvas = ({ currentTarget }: PointerEvent<HTMLElement>) => currentTarget.focus({ preventScroll: true });

/** As it is drawn just now; the same object as before where nothing is different. */
function shown(
  card: CardNode,
  selected: ReadonlySet<string>,
  moving: ReadonlyMap<string, Place>,
  before: CardNode | undefined,
): CardNode {
  const at = moving.get(card.id) ?? card.position;
  const chosen = selected.has(card.id);
  if (!chosen && at === card.position) return card;
  if (before?.data === card.data && before.position === at && before.selected === chosen) return before;
  return { ...card, position: at, selected: chosen };
}

/** What `make` makes of what it made before; the same array when it holds the same. */
function useKept<T>(make: (before: readonly T[]) => T[]): T[] {
  const kept = useRef<T[]>([]);
  return useMemo(() => {
    const before = kept.current;
    const made = make(before);
    const isSame = made.length === before.length && made.every((each, index) => each === before[index]);
    if (!isSame) kept.current = made;
    return kept.current;
  }, [make]);
}
