/** What changed from one drawing to another, in the words of its forms. Where elements are drawn is no change. */
import { type Moddle, parseBpmn, processesOf, settingsOf } from './moddle.ts';
import { conditionText, elementName, labelOf, type NameOf, settingsTold } from './words.ts';

export type Change = 'added' | 'removed' | 'changed';

/** One change as a sentence, and the element that it is about. */
export interface ChangeLine {
  element: string;
  how: Change;
  text: string;
}

export interface WorkflowDifference {
  /** Those of the later drawing in its order, removed ones last. */
  lines: ChangeLine[];
  /** By element. */
  marks: ReadonlyMap<string, Change>;
}

/** `nameOf`: of units and platforms. null: one of the drawings can't be read. */
export async function differenceOf(
  before: string,
  after: string,
  nameOf: NameOf = () => undefined,
): Promise<WorkflowDifference | null> {
  const [old, now] = [await elementsIn(before), await elementsIn(after)];
  if (!old || !now) return null;
  // One name each, so that what leads to a renamed element isn't changed itself.
  const names = new Map([...old, ...now].map((element) => [element.id, elementName(element)]));
  const known: NameOf = (id) => names.get(id) ?? nameOf(id);
  const was = new Map(old.map((element) => [element.id, element]));
  const is = new Set(now.map(({ id }) => id));
  const lines = now.flatMap((element): ChangeLine[] => {
    const earlier = was.get(element.id);
    if (!earlier) return [{ element: element.id, how: 'added', text: `新增${titleOf(element)}` }];
    return changesOf(earlier, element, known).map((text) => ({
      ...{ element: element.id, how: 'changed', text: `${elementName(element)}的${text}` },
    }));
  });
  for (const element of old)
    if (!is.has(element.id)) lines.push({ element: element.id, how: 'removed', text: `删除${titleOf(element)}` });
  return { lines, marks: new Map(lines.map(({ element, how }) => [element, how])) };
}

async function elementsIn(xml: string): Promise<Moddle[] | null> {
  const definitions = await parseBpmn(xml);
  return definitions && processesOf(definitions).flatMap(({ flowElements }) => flowElements ?? []);
}

/** 办理环节“承办” */
const titleOf = (element: Moddle): string =>
  element.name && !element.sourceRef ? labelOf(element.$type) + elementName(element) : elementName(element);

function changesOf(before: Moddle, after: Moddle, nameOf: NameOf): string[] {
  return [...changes(drawnOf(before, nameOf), drawnOf(after, nameOf)), ...settingChanges(before, after, nameOf)];
}

function settingChanges(before: Moddle, after: Moddle, nameOf: NameOf): string[] {
  const [from, to] = [settingsOf(before)?.json, settingsOf(after)?.json];
  const told = [settingsTold(before.$type, parsed(from), nameOf), settingsTold(after.$type, parsed(to), nameOf)];
  const [old, now] = told.map((each) => each && new Map(each.map(([label, text]) => [label, { text }])));
  if (old && now) return changes(old, now);
  return from === to ? [] : [`设置有改动（${old ? '改后' : '改前'}的设置有误）`];
}

/** `id`: of what it leads to. */
interface Said {
  text: string;
  id?: string;
}
type Told = ReadonlyMap<string, Said>;

const changes = (before: Told, after: Told): string[] =>
  [...new Set([...before.keys(), ...after.keys()])].flatMap((label) => {
    const [from, to] = [before.get(label), after.get(label)];
    const same = from?.text === to?.text && from?.id === to?.id;
    return same ? [] : [`${label}：${from?.text ?? '无'} → ${to?.text ?? '无'}`];
  });

/** What BPMN says of an element. */
function drawnOf(element: Moddle, nameOf: NameOf): Told {
  const { $type, name, sourceRef, targetRef, attachedToRef, conditionExpression, default: fallback } = element;
  const condition = conditionExpression?.body?.trim();
  const leads = { 起点: sourceRef, 终点: targetRef, 所在环节: attachedToRef, 默认出口: fallback };
  return new Map<string, Said>([
    ['类型', { text: labelOf($type) }],
    ['名称', { text: name ? `“${name}”` : '无' }],
    ...Object.entries(leads).flatMap(([label, to]) =>
      to ? [[label, { text: nameOf(to.id) ?? to.id, id: to.id }] as const] : [],
    ),
    ...(condition ? [['条件', { text: conditionText(condition) }] as const] : []),
  ]);
}

function parsed(json = '{}'): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
