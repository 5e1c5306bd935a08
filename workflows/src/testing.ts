/** Drawings for tests: elements in short form, written as BPMN. */
const QUOTED: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const quoted = (text: string): string => text.replace(/[&<>"]/g, (sign) => QUOTED[sign] ?? sign);

export type Drawn =
  | { kind: 'startEvent' | 'endEvent' | 'userTask' | 'receiveTask' | 'serviceTask'; id: string; settings?: unknown }
  | { kind: 'exclusiveGateway'; id: string; fallback?: string }
  | { kind: 'parallelGateway' | 'inclusiveGateway'; id: string }
  /** Leaves the node by the flow `${id}-out`. */
  | { kind: 'timer'; id: string; at: string };

/** `id`, where from, where to, and when. */
export type DrawnFlow = [id: string, from: string, to: string, condition?: string | undefined];

export const TO_SENDER = { assign: { to: 'sender' } };

export function drawing(elements: readonly Drawn[], flows: readonly DrawnFlow[]): string {
  const refs = (id: string) =>
    flows
      .map(([flow, from, to]) =>
        to === id ? `<incoming>${flow}</incoming>` : from === id ? `<outgoing>${flow}</outgoing>` : '',
      )
      .join('');
  const told = (settings: unknown) =>
    settings === undefined
      ? ''
      : `<extensionElements><rexian:settings>${quoted(JSON.stringify(settings))}</rexian:settings></extensionElements>`;
  const nodes = elements.map((element) => {
    const { kind, id } = element;
    if (kind === 'timer')
      return `<boundaryEvent id="${id}" attachedToRef="${element.at}">${refs(id)}<timerEventDefinition/></boundaryEvent>`;
    const fallback = kind === 'exclusiveGateway' && element.fallback ? ` default="${element.fallback}"` : '';
    const settings = 'settings' in element ? element.settings : kind === 'userTask' ? TO_SENDER : undefined;
    return `<${kind} id="${id}" name="${id}"${fallback}>${told(settings)}${refs(id)}</${kind}>`;
  });
  const lines = flows.map(([id, from, to, condition]) => {
    const when = condition
      ? `<conditionExpression xsi:type="tFormalExpression">${quoted(condition)}</conditionExpression>`
      : '';
    return `<sequenceFlow id="${id}" sourceRef="${from}" targetRef="${to}">${when}</sequenceFlow>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
    <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
      xmlns:rexian="urn:rexian:workflow:1" id="definitions" targetNamespace="urn:rexian:workflow:1">
      <process id="process" isExecutable="true">${[...nodes, ...lines].join('\n')}</process>
    </definitions>`;
}
