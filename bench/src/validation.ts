/** How long a flow of 300 nodes takes to be checked: first in a new process, then as the editor does after each change. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { FlowDocument } from '@rexian/flows/graph.ts';
import { nodeTypes } from '@rexian/flows/registry.ts';
import { validate } from '@rexian/flows/validate.ts';
import { percentile } from './figures.ts';

const NODES = 300;
const ROUNDS = 20;
const PROCESSES = 5;

/** Milliseconds: of the first check, the median of several processes; and of the later ones (95th percentile). */
export async function measureValidation(): Promise<{ firstMs: number | null; laterMs: number | null }> {
  const first: number[] = [];
  const later: number[] = [];
  for (let i = 0; i < PROCESSES; i += 1) {
    const { stdout } = await promisify(execFile)(process.execPath, [fileURLToPath(import.meta.url)], {
      timeout: 30_000,
    });
    const [cold = Number.NaN, ...warm] = JSON.parse(stdout) as number[];
    first.push(cold);
    later.push(...warm);
  }
  return { firstMs: percentile(first, 50), laterMs: percentile(later, 95) };
}

function timesOfChecks(): number[] {
  const document = largeFlow();
  return Array.from({ length: ROUNDS }, () => {
    const begin = performance.now();
    const { faults, warnings } = validate(document, nodeTypes, null);
    const ms = performance.now() - begin;
    const [wrong] = [...faults, ...warnings];
    if (wrong) throw new Error(`the large flow is wrong: ${wrong.node}: ${wrong.message}`);
    return ms;
  });
}

/** Menus, input, conditions, lookups and texts with variables, each leading back to a menu. */
function largeFlow(): FlowDocument {
  const kinds: ((menu: string) => { type: string; config: object; exits: Record<string, string> })[] = [
    (menu) => ({
      type: 'menu',
      config: {
        text: '您好{caller.region}，请选择',
        items: ['1', '2', '3'].map((key) => ({ key, label: `选项${key}` })),
      },
      exits: { key_2: menu, key_3: menu, exhausted: menu },
    }),
    (menu) => ({
      type: 'collect',
      config: { text: '请输入编号', variable: 'number', maxDigits: 18 },
      exits: { exhausted: menu },
    }),
    () => ({
      type: 'branch',
      config: { ways: [{ label: '上午', when: 'now.hour < 12 && caller.region == "南宁市"' }] },
      exits: {},
    }),
    (menu) => ({
      type: 'lookup',
      config: { url: 'https://a.cn/{number}', results: [{ path: 'data.sum', variable: 'sum' }] },
      exits: { not_found: menu },
    }),
    () => ({ type: 'set', config: { variable: 'double', value: 'double(sum) * 2.0' }, exits: {} }),
    () => ({ type: 'play', config: { text: '您的金额为{sum:money}，编号{number:digits}' }, exits: {} }),
  ];
  const onward: Record<string, string> = { menu: 'key_1', branch: 'otherwise', lookup: 'found' };
  const nodes: FlowDocument['nodes'] = { end: { type: 'hang_up', config: {}, next: {} } };
  const count = NODES - 1;
  for (let index = 0; index < count; index += 1) {
    const kind = kinds[index % kinds.length];
    if (!kind) continue;
    const { type, config, exits } = kind(`n${index - (index % kinds.length)}`);
    const next = index + 1 < count ? `n${index + 1}` : 'end';
    const ways = type === 'branch' ? { way_1: next } : {};
    nodes[`n${index}`] = { type, config, next: { ...exits, ...ways, [onward[type] ?? 'done']: next } };
  }
  return { start: 'n0', nodes };
}

if (import.meta.main) process.stdout.write(JSON.stringify(timesOfChecks()));
