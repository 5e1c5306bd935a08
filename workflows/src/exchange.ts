/** Drawings that go to other centres and installations. */
import { z } from 'zod';
import type { WorkflowGraph } from './graph.ts';
import { MAX_XML, type Moddle, parseBpmn, printBpmn, processesOf, settingsOf } from './moddle.ts';

const toUnit = z.looseObject({ assign: z.looseObject({ to: z.literal('unit'), unitId: z.string() }) });

/** Tasks that a drawing gives to units of its own choice. */
export const unitTasks = ({ nodes }: WorkflowGraph): { element: string; unitId: string }[] =>
  [...nodes.values()].flatMap((node) =>
    node.type === 'task' && node.settings.assign.to === 'unit'
      ? [{ element: node.id, unitId: node.settings.assign.unitId }]
      : [],
  );

/** Platforms that a drawing hands orders to. */
export const pushedTo = ({ nodes }: WorkflowGraph): { element: string; partnerId: string }[] =>
  [...nodes.values()].flatMap((node) =>
    node.type === 'action' && node.settings.do === 'push'
      ? [{ element: node.id, partnerId: node.settings.partnerId }]
      : [],
  );

/** Templates of messages that a drawing sends, by code. */
export const templatesSent = ({ nodes }: WorkflowGraph): { element: string; template: string }[] =>
  [...nodes.values()].flatMap((node) =>
    node.type === 'action' && node.settings.do === 'notify'
      ? [{ element: node.id, template: node.settings.template }]
      : [],
  );

/**
 * A drawing for a centre that has not all of its units: tasks of units that aren't kept stay open, which is a fault until somebody has
 * chosen. `open`: titles of those tasks. Drawings that can't be read come back as they are.
 */
export async function retarget(
  xml: string,
  keeps: (unitId: string) => boolean,
): Promise<{ xml: string; open: string[] }> {
  const definitions = await parseBpmn(xml);
  const open: string[] = [];
  for (const element of definitions ? processesOf(definitions).flatMap(elementsOf) : []) {
    const settings = settingsOf(element);
    const told = toUnit.safeParse(jsonOf(settings?.json));
    if (!settings || !told.success || keeps(told.data.assign.unitId)) continue;
    settings.json = JSON.stringify({ ...told.data, assign: { ...told.data.assign, unitId: '' } });
    open.push(element.name ?? element.id);
  }
  return definitions && open.length > 0 ? { xml: await printBpmn(definitions), open } : { xml, open };
}

const elementsOf = ({ flowElements }: Moddle): Moddle[] => flowElements ?? [];

function jsonOf(text = ''): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Why a file can't be edited here, in Chinese; null: it can, with whatever faults. */
export async function fileRefusal(xml: string): Promise<string | null> {
  if (xml.length > MAX_XML) return '流程图过大';
  const definitions = await parseBpmn(xml);
  if (!definitions) return '不是有效的 BPMN 流程图';
  if (processesOf(definitions).length !== 1) return '流程图须有且仅有一个流程';
  return definitions.diagrams?.length ? null : '文件中没有图形信息，请用 BPMN 绘图工具重新导出';
}
