/** The part of bpmn-js and diagram-js that we use, by the names of their services. */
import type { Moddle } from '@rexian/workflows/moddle.ts';

export interface DrawnElement {
  id: string;
  type: string;
  businessObject: Moddle;
  /** Of a label: what it names. */
  labelTarget?: DrawnElement;
  /** Boundary events at it. */
  attachers?: DrawnElement[];
  width: number;
  height: number;
  x: number;
  y: number;
}

export interface Services {
  canvas: {
    zoom(to: number | 'fit-viewport', centre?: 'auto'): number;
    viewbox(): { x: number; y: number; width: number; height: number };
    viewbox(box: { x: number; y: number; width: number; height: number }): void;
    scrollToElement(element: DrawnElement, padding?: number): void;
    addMarker(element: string, marker: string): void;
    removeMarker(element: string, marker: string): void;
    getRootElement(): DrawnElement;
    resized(): void;
    focus(): void;
  };
  elementRegistry: {
    get(id: string): DrawnElement | undefined;
    getAll(): DrawnElement[];
  };
  selection: { get(): DrawnElement[]; select(element: DrawnElement | null): void };
  overlays: {
    add(
      element: string,
      type: string,
      overlay: { position: { top: number; right: number } | { bottom: number; left: number }; html: HTMLElement },
    ): string;
    remove(filter: { type: string }): void;
  };
  commandStack: { undo(): void; redo(): void; canUndo(): boolean; canRedo(): boolean };
  modeling: {
    updateProperties(element: DrawnElement, properties: Record<string, unknown>): void;
    createShape(shape: DrawnElement, at: { x: number; y: number }, parent: DrawnElement): DrawnElement;
    removeElements(elements: DrawnElement[]): void;
  };
  moddle: { create(type: string, attributes: Record<string, unknown>): Moddle };
  elementFactory: { createShape(attributes: Record<string, unknown>): DrawnElement };
  create: { start(event: Event, shape: DrawnElement, context?: { source?: DrawnElement }): void };
  autoPlace: { append(source: DrawnElement, shape: DrawnElement): DrawnElement };
  connect: { start(event: Event, from: DrawnElement): void };
  contextPad: { registerProvider(provider: unknown): void };
  keyboard: {
    addListener(priority: number, listener: (event: { keyEvent: KeyboardEvent }) => true | undefined): void;
  };
}

export type Entries = Record<
  string,
  { group: string; className: string; title: string; action: Record<string, (event: Event) => void> }
>;
