/** `bench flow-editor`: how long the flow editor takes to answer each press, with three nodes and with three hundred. */

import type { FlowSummary } from '@rexian/contracts';
import { enter, launchChromium } from '@rexian/e2e/browser/chromium.ts';
import { call, type Durations, INTERACTIONS, inWords, openLarge, workOn } from '@rexian/e2e/browser/editor-work.ts';
import buildPages from '@rexian/e2e/browser/pages.setup.ts';
import { startStack } from '@rexian/server/testing/stack.ts';
import type { BenchResult } from './answer.ts';
import { percentile } from './figures.ts';
import type { BenchOptions } from './options.ts';

const FEW = 3;
const MANY = 300;
const ROUNDS = 6;

export async function flowEditor({ port }: BenchOptions, say: (text: string) => void): Promise<BenchResult> {
  say('building the pages, starting PostgreSQL, Asterisk and the control process');
  await buildPages();
  const stack = await startStack({ name: 'bench-flow-editor', basePort: port, rtpStart: port + 100 });
  const browser = await launchChromium();
  try {
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      locale: 'zh-CN',
      baseURL: stack.url,
    });
    const page = await context.newPage();
    await page.addInitScript({ path: INTERACTIONS });
    await enter({ stack }, page, '2000');
    const { rows } = await call<{ rows: FlowSummary[] }>(page, 'flows/list', {});
    const flow = rows.find(({ can }) => can.change);
    if (!flow) throw new Error('the demo has no flow that its administrator may change');
    const worked = async (nodes: number): Promise<number[]> => {
      await openLarge(page, flow.id, nodes);
      const took: Durations = await workOn(page, ROUNDS);
      say(`with ${nodes} nodes:\n${inWords(took)}`);
      return Object.values(took).flat();
    };
    return report(await worked(FEW), await worked(MANY));
  } finally {
    await browser.close();
    await stack.close();
  }
}

function report(few: readonly number[], many: readonly number[]): BenchResult {
  const editorP98Ms = percentile(many, 98);
  return {
    figures: {
      editorPresses: many.length,
      editorMedianMs: percentile(many, 50),
      editorP98Ms,
      fewNodesMedianMs: percentile(few, 50),
      fewNodesP98Ms: percentile(few, 98),
    },
    targets: [{ name: `a press in a flow of ${MANY} nodes, p98 (ms)`, value: editorP98Ms, wanted: { atMost: 100 } }],
  };
}
