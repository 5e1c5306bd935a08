/** Sole owner of bpmn-js: a drawing on the screen, to be looked at or changed. Its logo stays where the library puts it: its licence asks for that. */

import type { Change } from '@rexian/workflows/difference.ts';
import type { Finding } from '@rexian/workflows/graph.ts';
import { settingsOf } from '@rexian/workflows/moddle.ts';
import { EXTENSION } from '@rexian/workflows/settings.ts';
import Modeler from 'bpmn-js/lib/Modeler';
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import 'bpmn-js/dist/assets/bpmn-font/css/bpmn.css';
import { contextPadModule } from './contextPad.ts';
import { goesOn, type Kind } from './kinds.ts';
import type { DrawnElement, Services } from './library.ts';
import { shapeOf, withSettings } from './shapes.ts';
import { wordsModule } from './words.ts';
import './drawing.css';
import './stands.css';

const FAULT = 'workflow-fault';
const STAND = 'workflow-stand';
const CHANGE = 'workflow-change';
/** Smaller than this nobody can read it; whoever wants to see all of it can still zoom out. */
const LEAST_ZOOM = 0.6;
/** What fits exactly would touch the edges. */
const WITH_MARGIN = 0.93;

export interface Listener {
  /** Something was drawn, taken back or done again. */
  changed(): void;
  selected(): void;
}

/** Where something that walks by the drawing is or has been. */
export interface Stand {
  node: string;
  how: 'been' | 'now' | 'near' | 'late';
  /** Shown below the node. */
  words: string;
}

export class Drawing {
  readonly #library: Modeler<Services> | NavigatedViewer<Services>;
  #faults: string[] = [];
  #stands: Stand[] = [];

  constructor(container: HTMLElement, { readOnly, listener }: { readOnly: boolean; listener?: Listener }) {
    const moddleExtensions = { rexian: EXTENSION };
    const options = { container, moddleExtensions, textRenderer: textIn(container), additionalModules: [wordsModule] };
    this.#library = readOnly
      ? new NavigatedViewer<Services>(options)
      : new Modeler<Services>({ ...options, additionalModules: [wordsModule, contextPadModule] });
    if (!readOnly) this.#ownKeys();
    if (listener) {
      // Whoever opens another drawing has changed nothing.
      this.#library.on('commandStack.changed', ({ trigger }: { trigger: string }) => {
        if (trigger !== 'clear') listener.changed();
      });
      this.#library.on('selection.changed', () => listener.selected());
    }
  }

  /** Replaces what is drawn; throws what the library says when it can't be drawn. */
  async open(xml: string): Promise<void> {
    await this.#library.importXML(xml);
    this.#faults = [];
    this.#stands = [];
    this.fit();
  }

  close(): void {
    this.#library.destroy();
  }

  fit(): void {
    const canvas = this.#get('canvas');
    const fitting = canvas.zoom('fit-viewport', 'auto') * WITH_MARGIN;
    canvas.zoom(Math.max(fitting, LEAST_ZOOM), 'auto');
    if (fitting >= LEAST_ZOOM) return;
    const start = this.elements.find(({ type }) => type === 'bpmn:StartEvent');
    const { width, height } = canvas.viewbox();
    if (start) canvas.viewbox({ x: start.x - 60, y: start.y + start.height / 2 - height / 2, width, height });
  }

  async xml(): Promise<string> {
    const { xml } = await this.#library.saveXML({ format: true });
    return xml ?? '';
  }

  get elements(): DrawnElement[] {
    return this.#get('elementRegistry').getAll();
  }

  /** The one element that is selected; a label stands for what it names. */
  get selected(): DrawnElement | null {
    const [one, another] = this.#get('selection').get();
    return one && !another ? (one.labelTarget ?? one) : null;
  }

  select(id: string): void {
    const element = this.#get('elementRegistry').get(id);
    if (!element) return;
    this.#get('selection').select(element);
    this.#get('canvas').scrollToElement(element, 80);
  }

  rename(element: DrawnElement, name: string): void {
    this.#get('modeling').updateProperties(element, { name: name || undefined });
  }

  /** What an element says beyond BPMN, as it is written; nothing: an empty object. */
  settingsOf({ businessObject }: DrawnElement): Record<string, unknown> {
    try {
      return JSON.parse(settingsOf(businessObject)?.json ?? '{}');
    } catch {
      return {};
    }
  }

  setSettings(element: DrawnElement, settings: unknown): void {
    const extensionElements = withSettings(this.#get('moddle'), element.businessObject, settings);
    this.#get('modeling').updateProperties(element, { extensionElements });
  }

  /** The condition of a flow, and its name; the flow is no default exit any more. */
  setCondition(flow: DrawnElement, condition: string, name?: string): void {
    const conditionExpression = this.#get('moddle').create('bpmn:FormalExpression', { body: condition });
    const named = name === undefined ? {} : { name: name || undefined };
    this.#get('modeling').updateProperties(flow, { conditionExpression, ...named });
  }

  /** The flow is what remains when no other condition of its gateway holds; its own condition goes. */
  makeDefault({ businessObject }: DrawnElement): void {
    const gateway = this.#get('elementRegistry').get(businessObject.sourceRef?.id ?? '');
    if (gateway) this.#get('modeling').updateProperties(gateway, { default: businessObject });
  }

  /** A new element that follows the pointer until it is put down. */
  drag(kind: Kind, event: Event): void {
    this.#get('create').start(event, this.#shape(kind));
  }

  /** A new element behind what is selected, else in the middle of the screen: for whoever has no pointer. */
  add(kind: Kind): void {
    const after = this.selected;
    const made =
      after && goesOn(after.type) ? this.#get('autoPlace').append(after, this.#shape(kind)) : this.#inTheMiddle(kind);
    this.#get('selection').select(made);
  }

  undo(): void {
    this.#get('commandStack').undo();
  }

  redo(): void {
    this.#get('commandStack').redo();
  }

  get canUndo(): boolean {
    return this.#get('commandStack').canUndo();
  }

  get canRedo(): boolean {
    return this.#get('commandStack').canRedo();
  }

  /** Shows which elements have faults, and nothing else. */
  mark(faults: readonly Finding[]): void {
    const canvas = this.#get('canvas');
    const overlays = this.#get('overlays');
    const registry = this.#get('elementRegistry');
    for (const id of this.#faults) if (registry.get(id)) canvas.removeMarker(id, FAULT);
    overlays.remove({ type: FAULT });
    this.#faults = [...new Set(faults.flatMap(({ element }) => element ?? []))].filter((id) => registry.get(id));
    for (const id of this.#faults) {
      canvas.addMarker(id, FAULT);
      const messages = faults.filter(({ element }) => element === id).map(({ message }) => message);
      overlays.add(id, FAULT, { position: { top: -10, right: 12 }, html: badge(messages.join('；')) });
    }
  }

  /** Shows these places, and no others. */
  stand(stands: readonly Stand[]): void {
    const canvas = this.#get('canvas');
    const overlays = this.#get('overlays');
    const registry = this.#get('elementRegistry');
    for (const { node, how } of this.#stands) canvas.removeMarker(node, `${STAND}-${how}`);
    overlays.remove({ type: STAND });
    this.#stands = stands.filter(({ node }) => registry.get(node));
    for (const { node, how, words } of this.#stands) {
      canvas.addMarker(node, `${STAND}-${how}`);
      if (words) overlays.add(node, STAND, { position: { bottom: -4, left: 0 }, html: note(words, how) });
    }
  }

  /** Shows how elements differ from another drawing; once for each drawing that is opened. */
  changed(marks: ReadonlyMap<string, Change>): void {
    const registry = this.#get('elementRegistry');
    for (const [id, how] of marks) if (registry.get(id)) this.#get('canvas').addMarker(id, `${CHANGE}-${how}`);
  }

  #get<Name extends keyof Services>(name: Name): Services[Name] {
    return this.#library.get(name);
  }

  #shape(kind: Kind): DrawnElement {
    return shapeOf({ elementFactory: this.#get('elementFactory'), moddle: this.#get('moddle') }, kind);
  }

  #inTheMiddle(kind: Kind): DrawnElement {
    const canvas = this.#get('canvas');
    const { x, y, width, height } = canvas.viewbox();
    const at = { x: Math.round(x + width / 2), y: Math.round(y + height / 2) };
    return this.#get('modeling').createShape(this.#shape(kind), at, canvas.getRootElement());
  }

  /** R would change the kind of an element into any of BPMN. */
  #ownKeys(): void {
    this.#get('keyboard').addListener(2_000, ({ keyEvent: { key, ctrlKey, metaKey } }) =>
      key.toLowerCase() === 'r' && !ctrlKey && !metaKey ? true : undefined,
    );
  }
}

/** The page's own font, by name: the library measures texts outside of the page. */
function textIn(container: HTMLElement) {
  const { fontFamily } = getComputedStyle(container);
  return { defaultStyle: { fontFamily, fontSize: 14 }, externalStyle: { fontFamily, fontSize: 12 } };
}

function badge(message: string): HTMLElement {
  const made = document.createElement('span');
  made.className = 'workflow-badge';
  made.textContent = '!';
  made.title = message;
  return made;
}

function note(words: string, how: Stand['how']): HTMLElement {
  const made = document.createElement('span');
  made.className = 'workflow-note';
  made.dataset.how = how;
  made.textContent = words;
  return made;
}
