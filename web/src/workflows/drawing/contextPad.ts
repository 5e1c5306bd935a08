import { labelOf } from '@rexian/workflows/words.ts';
import { appendable, goesOn, TIMER } from './kinds.ts';
import type { DrawnElement, Entries, Services } from './library.ts';
import { shapeOf, timerOf } from './shapes.ts';

const RESTS = new Set(['bpmn:UserTask', 'bpmn:ReceiveTask']);
const NOTES = new Set(['bpmn:TextAnnotation', 'bpmn:Association', 'bpmn:SequenceFlow', 'label']);

/** What can be done with the element beside which it stands. Takes the place of bpmn-js's own, which offers all of BPMN. */
class WorkflowContextPad {
  static $inject = ['contextPad', 'connect', 'create', 'autoPlace', 'elementFactory', 'moddle', 'modeling'];
  readonly #services: Pick<Services, 'connect' | 'create' | 'autoPlace' | 'elementFactory' | 'moddle' | 'modeling'>;

  constructor(
    contextPad: Services['contextPad'],
    connect: Services['connect'],
    create: Services['create'],
    autoPlace: Services['autoPlace'],
    elementFactory: Services['elementFactory'],
    moddle: Services['moddle'],
    modeling: Services['modeling'],
  ) {
    this.#services = { connect, create, autoPlace, elementFactory, moddle, modeling };
    contextPad.registerProvider(this);
  }

  getContextPadEntries(element: DrawnElement): Entries {
    const { connect, modeling } = this.#services;
    const remove = entry('edit', 'trash', '删除', { click: () => modeling.removeElements([element]) });
    if (NOTES.has(element.type)) return element.type === 'label' ? {} : { delete: remove };
    const start = (event: Event) => connect.start(event, element);
    return {
      ...(goesOn(element.type) ? this.#appends(element) : {}),
      ...(RESTS.has(element.type) && !element.attachers?.length ? { timer: this.#timer(element) } : {}),
      ...(goesOn(element.type)
        ? { connect: entry('connect', 'connection-multi', '连线到…', { click: start, dragstart: start }) }
        : {}),
      delete: remove,
    };
  }

  getMultiElementContextPadEntries(elements: DrawnElement[]): Entries {
    const { modeling } = this.#services;
    return { delete: entry('edit', 'trash', '删除', { click: () => modeling.removeElements(elements.slice()) }) };
  }

  #appends(element: DrawnElement): Entries {
    const { create, autoPlace } = this.#services;
    const entries = appendable.map((kind) => {
      const shape = () => shapeOf(this.#services, kind);
      const actions = {
        click: () => autoPlace.append(element, shape()),
        dragstart: (event: Event) => create.start(event, shape(), { source: element }),
      };
      return [`append-${kind.id}`, entry('model', kind.icon, `添加${labelOf(kind.type)}`, actions)] as const;
    });
    return Object.fromEntries(entries);
  }

  #timer(element: DrawnElement) {
    const { create } = this.#services;
    const start = (event: Event) => create.start(event, timerOf(this.#services), { source: element });
    return entry('model', TIMER.icon, '添加超时（放到环节边缘）', { click: start, dragstart: start });
  }
}

const entry = (group: string, icon: string, title: string, action: Entries[string]['action']): Entries[string] => ({
  ...{ group, title, action },
  className: `bpmn-icon-${icon}`,
});

/** As a module of bpmn-js; its palette is left out, ours stands above the drawing. */
export const contextPadModule = {
  contextPadProvider: ['type', WorkflowContextPad],
  paletteProvider: ['value', null],
};
