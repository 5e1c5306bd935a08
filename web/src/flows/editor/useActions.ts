import { type FlowDocument, type FlowNodeDocument, MOST_FLOW_NODES } from '@rexian/contracts';
import { useReactFlow } from '@xyflow/react';
import { App } from 'antd';
import { useMemo, useRef } from 'react';
import { GRID, layOut, type Place } from '../canvas/layout.ts';
import { READABLE } from '../canvas/opening.ts';
import { look } from '../canvas/parts.tsx';
import { heightOf, NODE_WIDTH } from '../canvas/size.ts';
import {
  addNode,
  type Clipboard,
  connect,
  copyNodes,
  cornerOf,
  moveNodes,
  onGrid,
  paste,
  removeNodes,
  setStart,
} from './document.ts';
import { besideExit, free, openExit } from './place.ts';
import type { EditorState } from './state.ts';
import { along } from './walk.ts';

/** An exit, and what leads from it. */
export interface Connection {
  node: string;
  port: string;
}

/** Where a new node goes: nothing said, beside what is selected and connected to it. */
export interface Wish {
  at?: Place;
  after?: Connection;
}

/** What can be done with the flow on the screen, by mouse, key or button. */
export interface Actions {
  add(type: string, wish?: Wish): void;
  remove(): void;
  connect(node: string, port: string, target: string | null): void;
  /** Gives a connection to another exit. */
  reconnect(from: Connection, to: Connection, target: string): void;
  copy(): Clipboard | null;
  paste(copied: Clipboard): void;
  duplicate(): void;
  selectAll(): void;
  makeStart(): void;
  /** The selected nodes when there are several, else all. */
  layOut(): void;
  nudge(steps: Place): void;
  /** Brings the whole flow into view. */
  showAll(): void;
  /** Selects a node and brings it into view. */
  goTo(nodeId: string): void;
  /** false: there is no further one. */
  step(steps: 1 | -1): boolean;
}

const SHOW_MS = 160;
/** Of more nodes the pictures in between take longer than there is time for them. */
const MOVED = 100;

/** The same object as long as the editor is open: nothing that is drawn depends on what it works with. */
export function useActions(state: EditorState): Actions {
  const { screenToFlowPosition, setCenter, getZoom, fitView, getViewport } = useReactFlow();
  const { message } = App.useApp();
  const latest = useRef(state);
  latest.current = state;
  return useMemo((): Actions => {
    const now = () => latest.current;
    const motion = () => (Object.keys(now().document.nodes).length > MOVED ? 0 : SHOW_MS);
    const room = () => globalThis.document.querySelector('.flow-canvas')?.getBoundingClientRect();
    const middle = (): Place => {
      const box = room();
      if (!box) return { x: 0, y: 0 };
      const { x, y } = screenToFlowPosition({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
      return { x: x - NODE_WIDTH / 2, y: y - 60 };
    };
    /** Whether nodes are in view, and how much of the drawing they take up, in its own measure. */
    const seen = (nodes: readonly FlowNodeDocument[]) => {
      const { x, y } = cornerOf(nodes);
      const width = Math.max(...nodes.map(({ at }) => (at?.x ?? x) - x + NODE_WIDTH));
      const height = Math.max(...nodes.map((node) => (node.at?.y ?? y) - y + heightOf(node)));
      const [box, view] = [room(), getViewport()];
      const [left, top] = [x * view.zoom + view.x, y * view.zoom + view.y];
      const [right, bottom] = [left + width * view.zoom, top + height * view.zoom];
      const inView = !box || (left > 0 && top > 0 && right < box.width && bottom < box.height);
      return { x, y, width, height, inView };
    };
    const showAll = () => void fitView({ ...look.fitViewOptions, duration: motion() });
    const show = (id: string) => {
      const node = now().document.nodes[id];
      const readable = getZoom() >= READABLE;
      if (!node?.at || (readable && seen([node]).inView)) return;
      const centre = { x: node.at.x + NODE_WIDTH / 2, y: node.at.y + heightOf(node) / 2 };
      void setCenter(centre.x, centre.y, {
        zoom: readable ? getZoom() : 0.8,
        duration: motion(),
        interpolate: 'linear',
      });
    };
    /** Brings new nodes into view when they aren't. */
    const reveal = (ids: readonly string[], document: FlowDocument) => {
      const box = room();
      const { x, y, width, height, inView } = seen(ids.flatMap((id) => document.nodes[id] ?? []));
      if (!box || inView) return;
      const zoom = Math.min(getZoom(), box.width / (width + 4 * GRID), box.height / (height + 4 * GRID));
      void setCenter(x + width / 2, y + height / 2, { zoom, duration: motion() });
    };
    /** Says so when there is none. */
    const hasRoomFor = (more: number): boolean => {
      const fits = Object.keys(now().document.nodes).length + more <= MOST_FLOW_NODES;
      if (!fits) void message.error(`节点不能超过 ${MOST_FLOW_NODES} 个，未添加`);
      return fits;
    };
    const put = (copied: Clipboard, at: Place) => {
      const { document, change, select } = now();
      if (!hasRoomFor(Object.keys(copied.nodes).length)) return;
      const pasted = paste(document, copied, onGrid(at));
      change(pasted.document);
      select(pasted.ids);
      reveal(pasted.ids, pasted.document);
    };
    return {
      add(type, { at, after } = {}) {
        if (!hasRoomFor(1)) return;
        const { document, selected, change, select } = now();
        const [only] = selected.size === 1 ? [...selected] : [];
        const port = only === undefined ? undefined : openExit(document, only);
        const from = after ?? (at || only === undefined || port === undefined ? undefined : { node: only, port });
        const place = at ? onGrid(at) : from ? besideExit(document, from.node, from.port) : free(document, middle());
        const added = addNode(document, { type, at: place, ...(from ? { after: from } : {}) });
        change(added.document);
        select([added.id]);
        reveal([added.id], added.document);
      },
      remove() {
        const { document, selected, change } = now();
        change(removeNodes(document, selected));
      },
      connect(node, port, target) {
        const { document, change } = now();
        change(connect(document, node, port, target));
      },
      reconnect(from, to, target) {
        const { document, change } = now();
        change(connect(connect(document, from.node, from.port, null), to.node, to.port, target));
      },
      copy() {
        const { document, selected } = now();
        return selected.size > 0 ? copyNodes(document, selected) : null;
      },
      paste: (copied) => put(copied, free(now().document, middle())),
      duplicate() {
        const { document, selected } = now();
        if (selected.size === 0) return;
        const copied = copyNodes(document, selected);
        const { x, y } = cornerOf(Object.values(copied.nodes));
        put(copied, { x: x + 2 * GRID, y: y + 2 * GRID });
      },
      selectAll: () => now().select(Object.keys(now().document.nodes)),
      makeStart() {
        const { document, selected, change } = now();
        const [id] = selected;
        if (id !== undefined && selected.size === 1) change(setStart(document, id));
      },
      layOut() {
        const { document, selected, change } = now();
        const some = selected.size > 1;
        const ids = some ? [...selected] : Object.keys(document.nodes);
        const corner = some ? cornerOf(ids.flatMap((id) => document.nodes[id] ?? [])) : { x: 0, y: 0 };
        const places = [...layOut(document, ids)].map(
          ([id, { x, y }]) => [id, { x: x + corner.x, y: y + corner.y }] as const,
        );
        change(moveNodes(document, new Map(places)));
        if (!some) requestAnimationFrame(showAll);
      },
      showAll,
      nudge({ x, y }) {
        const { document, selected, change } = now();
        const places = [...selected].flatMap((id) => {
          const at = document.nodes[id]?.at;
          return at ? [[id, { x: at.x + x * GRID, y: at.y + y * GRID }] as const] : [];
        });
        change(moveNodes(document, new Map(places)), { merge: `nudge ${[...selected].join()}` });
      },
      goTo(id) {
        now().select([id]);
        show(id);
      },
      step(steps) {
        const { document, selected, select } = now();
        const next = along(document, [...selected].at(-1) ?? null, steps);
        if (next === null) return false;
        select([next]);
        show(next);
        return true;
      },
    };
  }, [screenToFlowPosition, setCenter, getZoom, fitView, getViewport, message]);
}
