/** What people do in the flow editor, and how long the screen takes to answer each press. */
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { FlowDetail, FlowDocument } from '@rexian/contracts';
import type { Locator, Page } from 'playwright-core';

/** To be run in the page before it is opened. */
export const INTERACTIONS = join(import.meta.dirname, 'interactions.page.js');

/** Milliseconds of each press, by what was done. */
export type Durations = Readonly<Record<string, readonly number[]>>;

/** A chain of menus that all lead to the next and to the end; three nodes at least. */
function largeFlow(nodes: number): FlowDocument {
  const at = (index: number) => ({ x: (index % 20) * 320, y: Math.floor(index / 20) * 220 });
  const menus = Array.from({ length: nodes - 1 }, (_, index) => {
    const next = index + 2 < nodes ? `n${index + 1}` : 'end';
    const config = { text: `第 ${index} 级菜单，请按1。`, items: [{ key: '1', label: '继续' }] };
    const exits = { key_1: next, exhausted: 'end' };
    return [`n${index}`, { type: 'menu', title: `节点 ${index}`, config, next: exits, at: at(index) }];
  });
  const end = { type: 'hang_up', config: {}, next: {}, at: at(nodes - 1) };
  return { start: 'n0', nodes: { ...Object.fromEntries(menus), end } };
}

/** Opens the flow with so many nodes. No editor is open before: it would take the change for somebody else's. */
export async function openLarge(page: Page, id: string, nodes: number): Promise<void> {
  await page.goto('/flows');
  const { revision } = await call<FlowDetail>(page, 'flows/get', { id });
  await call(page, 'flows/saveDraft', { id, revision, document: largeFlow(nodes) });
  await page.goto(`/flows/${id}`);
}

/** A procedure of the server, with the page's session. */
export const call = <T>(page: Page, path: string, input: unknown): Promise<T> =>
  page.evaluate(
    async ({ path, input }) => {
      const answer = await fetch(`/api/rpc/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-csrf-token': 'orpc' },
        body: JSON.stringify({ json: input }),
      });
      const { json } = (await answer.json()) as { json: T };
      if (!answer.ok) throw new Error(JSON.stringify(json));
      return json;
    },
    { path, input },
  );

/** Works on an open `largeFlow` at a person's pace, `rounds` times everything. */
export async function workOn(page: Page, rounds: number): Promise<Durations> {
  const drawing = page.locator('.flow-canvas');
  const head = (id: string) => page.locator(`.react-flow__node[data-id=${id}] header`);
  const press = async (...keys: string[]) => {
    for (const key of keys) {
      await page.keyboard.press(key);
      await setTimeout(PACE_MS);
    }
  };
  const click = async (on: Locator) => {
    await on.click();
    await setTimeout(PACE_MS);
  };
  const type = async (label: string) => {
    await page.getByLabel(label, { exact: true }).press('End');
    await page.keyboard.type('报税季', { delay: LETTER_MS });
    for (let letters = 0; letters < 3; letters++) await page.keyboard.press('Backspace', { delay: LETTER_MS });
  };
  await head('n0').waitFor();
  await page.evaluate('interactions()');
  const does: Record<string, () => Promise<unknown>> = {
    select: async () => {
      for (const id of ['n1', 'n0']) await click(head(id));
    },
    drag: async () => {
      for (const steps of [1, -1]) {
        await dragBy(page, head('n0'), { x: 40 * steps, y: 60 * steps });
        await setTimeout(PACE_MS);
      }
    },
    'type a title': () => type('节点名称'),
    'type a text': () => type('菜单提示语'),
    'move by keys': async () => {
      await drawing.focus();
      await press('ArrowRight', 'ArrowDown', 'ArrowUp', 'ArrowLeft');
    },
    'walk by Tab': () => press('Tab', 'Tab', 'Shift+Tab', 'Shift+Tab'),
    duplicate: () => press('Control+d'),
    undo: () => press('Control+z', 'Control+z'),
    redo: () => press('Control+y', 'Control+y'),
    delete: async () => {
      await press('Delete');
      await press('Control+z', 'Control+z');
    },
    'select all': () => press('Control+a', 'Escape'),
    add: async () => {
      await click(page.getByRole('search', { name: '节点类型' }).getByText('播放', { exact: true }));
      await press('Control+z');
    },
    find: async () => {
      await press('Control+f');
      await page.keyboard.type('节点 0', { delay: LETTER_MS });
      await press('Enter', 'Escape');
    },
  };
  const took: Record<string, number[]> = {};
  for (let round = 0; round < rounds; round++)
    for (const [kind, act] of Object.entries(does)) {
      await act();
      took[kind] = [...(took[kind] ?? []), ...(await page.evaluate<number[]>('interactions()'))];
    }
  return took;
}

const PACE_MS = 200;
const LETTER_MS = 90;

/** Presses on one thing, moves as a hand does, and lets go. */
async function dragBy(page: Page, from: Locator, by: { x: number; y: number }): Promise<void> {
  const box = await from.boundingBox();
  if (!box) throw new Error('not in view');
  const { x, y } = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + by.x, y + by.y, { steps: 8 });
  await page.mouse.up();
}

/** The part 0…1 of all lies at or below it. */
export function share(durations: readonly number[], part: number): number {
  const sorted = [...durations].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

/** A line for each kind, for people. */
export const inWords = (durations: Durations): string =>
  [...Object.entries(durations), ['all', Object.values(durations).flat()] as const]
    .map(([kind, each]) => {
      const figures = [0.5, 0.75, 0.98].map((part) => String(share(each, part)).padStart(4));
      return `${kind.padEnd(14)} ${String(each.length).padStart(3)}  median${figures[0]}  p75${figures[1]}  p98${figures[2]} ms`;
    })
    .join('\n');
