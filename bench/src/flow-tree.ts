/** The flow that `bench flow` calls: three levels of menus, eighteen digits behind each choice, and round again. Pure. */
import type { FlowDocument } from '@rexian/flows/graph.ts';

export const KEYS = ['1', '2', '3'] as const;
/** Ends the call from the first menu. */
export const LAST_KEY = '0';
export const LEVELS = 3;
export const DIGITS = 18;

const BRANCHES = ['个人业务', '企业业务', '其他业务'];
const CHINESE = '零一二三四五六七八九';
/** Silence that is no answer to anything: nobody in the bench waits so long. */
const TIMEOUT_SECONDS = 30;

export interface Stop {
  node: string;
  text: string;
}

/** The node behind keys pressed since the first menu, and what is said there. All texts differ. */
export function stopAfter(keys: string): Stop {
  const place = [...keys].map((key) => CHINESE[Number(key)]).join('杠');
  if (keys.length === LEVELS)
    return { node: `enter_${keys}`, text: `第${place}项，请输入十八位证件号码，以井号键结束。` };
  const choices = KEYS.map((key, index) => `${BRANCHES[index]}请按${key}`).join('，');
  return {
    node: `menu_${keys || 'main'}`,
    text: `${keys ? `第${place}项` : '欢迎致电'}，${choices}，其他问题请稍后咨询。`,
  };
}

export function stops(): (Stop & { keys: string })[] {
  const all: (Stop & { keys: string })[] = [];
  let level = [''];
  for (let depth = 0; depth <= LEVELS; depth += 1) {
    all.push(...level.map((keys) => ({ keys, ...stopAfter(keys) })));
    level = level.flatMap((keys) => KEYS.map((key) => keys + key));
  }
  return all;
}

export function flowTree(): FlowDocument {
  const first = stopAfter('').node;
  const nodes: FlowDocument['nodes'] = { end: { type: 'hang_up', config: {}, next: {} } };
  for (const { node, text, keys } of stops()) {
    if (keys.length === LEVELS) {
      const config = {
        text,
        variable: 'number',
        minDigits: DIGITS,
        maxDigits: DIGITS,
        timeoutSeconds: TIMEOUT_SECONDS,
      };
      nodes[node] = { type: 'collect', config, next: { done: first, exhausted: 'end' } };
      continue;
    }
    const ends = keys === '' ? [{ key: LAST_KEY, label: '结束' }] : [];
    const items = [...KEYS.map((key, index) => ({ key, label: BRANCHES[index] ?? '' })), ...ends];
    const next = Object.fromEntries(KEYS.map((key) => [`key_${key}`, stopAfter(keys + key).node]));
    const more = keys === '' ? { [`key_${LAST_KEY}`]: 'end' } : {};
    const config = { text, items, timeoutSeconds: TIMEOUT_SECONDS };
    nodes[node] = { type: 'menu', config, next: { ...next, ...more, exhausted: 'end' } };
  }
  return { start: first, nodes };
}
