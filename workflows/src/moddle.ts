/** BPMN 2.0 XML and its elements. */
import { BpmnModdle } from 'bpmn-moddle';
import { EXTENSION } from './settings.ts';

/** What moddle makes of an element, as far as we look at it. */
export interface Moddle {
  $type: string;
  id: string;
  name?: string;
  incoming?: Moddle[];
  outgoing?: Moddle[];
  sourceRef?: Moddle;
  targetRef?: Moddle;
  default?: Moddle;
  attachedToRef?: Moddle;
  cancelActivity?: boolean;
  eventDefinitions?: Moddle[];
  conditionExpression?: { body?: string };
  extensionElements?: { values?: Settings[] };
  flowElements?: Moddle[];
  rootElements?: Moddle[];
  /** Where things stand on the drawing. */
  diagrams?: Moddle[];
}

export interface Settings {
  $type: string;
  json?: string;
}

/** Larger drawings are not read. */
export const MAX_XML = 500_000;

/** null: it is no BPMN, or has parts that nobody knows. Never throws. */
export async function parseBpmn(xml: string): Promise<Moddle | null> {
  // XML has no such character, and no store takes it.
  if (xml.includes('\0')) return null;
  const parsed = await moddle()
    .fromXML(xml)
    .catch(() => null);
  return parsed && parsed.warnings.length === 0 ? (parsed.rootElement as Moddle) : null;
}

export async function printBpmn(definitions: Moddle): Promise<string> {
  const { xml } = await moddle().toXML(definitions, { format: true });
  return xml;
}

const moddle = () => new BpmnModdle({ rexian: EXTENSION });

export const processesOf = ({ rootElements }: Moddle): Moddle[] =>
  rootElements?.filter(({ $type }) => $type === 'bpmn:Process') ?? [];

/** What an element says beyond BPMN. */
export const settingsOf = ({ extensionElements }: Moddle): Settings | undefined =>
  extensionElements?.values?.find(({ $type }) => $type === 'rexian:Settings');
