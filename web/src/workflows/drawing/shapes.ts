/** New elements, with what they say before anybody has said anything. */
import { type Moddle, settingsOf } from '@rexian/workflows/moddle.ts';
import type { Kind } from './kinds.ts';
import { TIMER } from './kinds.ts';
import type { DrawnElement, Services } from './library.ts';

type Makers = Pick<Services, 'elementFactory' | 'moddle'>;

export function shapeOf({ elementFactory, moddle }: Makers, { type, settings }: Kind): DrawnElement {
  const shape = elementFactory.createShape({ type });
  if (settings) shape.businessObject.extensionElements = withSettings(moddle, shape.businessObject, settings) as never;
  return shape;
}

export const timerOf = ({ elementFactory }: Makers): DrawnElement =>
  elementFactory.createShape({ type: TIMER.type, eventDefinitionType: 'bpmn:TimerEventDefinition' });

/** The extension elements of `of` with other settings in them. */
export function withSettings(moddle: Services['moddle'], of: Moddle, settings: unknown): Moddle {
  const others = (of.extensionElements?.values ?? []).filter((each) => each !== settingsOf(of));
  const told = moddle.create('rexian:Settings', { json: JSON.stringify(settings) });
  return moddle.create('bpmn:ExtensionElements', { values: [...others, told] });
}
