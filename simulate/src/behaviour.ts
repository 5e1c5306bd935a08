/** What simulated callers and agents will do, drawn before anything happens: pure, so that the mix can be tested. */
import type { WrapUpResult } from '@rexian/contracts';
import { maskNumber } from '@rexian/server/platform/masking.ts';
import type { Random } from './random.ts';

/** A key pressed so many ms after the step before it. */
export interface KeyPress {
  afterMs: number;
  key: string;
}

export type Patience = { kind: 'stays' } | { kind: 'leaves'; where: 'menu' | 'queue' | 'ringing'; afterMs: number };

export interface CallerPlan {
  from: string;
  keys: KeyPress[];
  patience: Patience;
  /** Length of the talk in ms. */
  talkMs: number;
  hangsUp: 'caller' | 'agent';
  /** Keys for the survey, when the agent hangs up first: the mark, after a bad one the reason; none: silent. */
  marks: KeyPress[];
}

export interface WrapUpPlan {
  afterMs: number;
  result: WrapUpResult;
  remark: string;
}

export interface TalkRange {
  shortestMs: number;
  longestMs: number;
}

/** `--talk 20` → 20 s give or take half; without it 10 to 40 s. */
export function talkRange(seconds: number | undefined): TalkRange {
  if (seconds === undefined) return { shortestMs: 10_000, longestMs: 40_000 };
  return { shortestMs: Math.max(1_000, seconds * 500), longestMs: Math.max(1_000, seconds * 1_500) };
}

/** Draws one caller. Most press 1 or 2 and wait; some err, hesitate or give up somewhere. */
export function drawCaller(random: Random, from: string, talk: TalkRange): CallerPlan {
  return {
    from,
    keys: drawKeys(random),
    patience: drawPatience(random),
    talkMs: random.between(talk.shortestMs, talk.longestMs),
    hangsUp: random.chance(0.7) ? 'caller' : 'agent',
    marks: drawMarks(random),
  };
}

/** Most are content; who isn't says why. */
function drawMarks(random: Random): KeyPress[] {
  const mood = random.next();
  if (mood < 0.2) return [];
  const key = mood < 0.7 ? '1' : mood < 0.85 ? '2' : mood < 0.93 ? '3' : random.pick(['4', '5']);
  const mark = { afterMs: random.between(2_500, 8_000), key };
  const reason = { afterMs: random.between(2_000, 6_000), key: random.pick(['1', '2', '3', '4']) };
  return key === '4' || key === '5' ? [mark, reason] : [mark];
}

function drawKeys(random: Random): KeyPress[] {
  const key = random.chance(0.8) ? '1' : '2';
  const style = random.next();
  if (style < 0.12) {
    // A wrong key first; the menu is heard again before the right one.
    return [
      { afterMs: random.between(1_500, 4_000), key: random.pick(['7', '8', '9', '#']) },
      { afterMs: random.between(3_000, 6_000), key },
    ];
  }
  // Silent until the menu has been repeated.
  if (style < 0.2) return [{ afterMs: random.between(16_000, 24_000), key }];
  // Those who know the menu barge in, the others hear it out.
  if (style < 0.6) return [{ afterMs: random.between(800, 3_000), key }];
  return [{ afterMs: random.between(4_000, 9_000), key }];
}

function drawPatience(random: Random): Patience {
  const kind = random.next();
  if (kind < 0.05) return { kind: 'leaves', where: 'menu', afterMs: random.between(1_000, 5_000) };
  if (kind < 0.12) return { kind: 'leaves', where: 'queue', afterMs: random.between(3_000, 15_000) };
  if (kind < 0.15) return { kind: 'leaves', where: 'ringing', afterMs: random.between(300, 900) };
  return { kind: 'stays' };
}

const REMARKS: Record<WrapUpResult, readonly string[]> = {
  resolved: [
    '咨询个人所得税汇算清缴，已告知办理入口和截止时间。',
    '咨询增值税发票开具，已说明操作步骤。',
    '咨询社保费缴纳方式，已解答。',
    '询问办税服务厅地址和上班时间，已告知。',
  ],
  follow_up: ['系统报错，需核实后回电。', '退税进度超期，需联系主管税务机关核实。'],
  transferred: ['反映窗口排队时间长，已转属地税务局处理。', '举报不开发票，已转办。'],
  invalid: ['来电无声。', '拨错号码。'],
};

export function drawWrapUp(random: Random): WrapUpPlan {
  const kind = random.next();
  const result: WrapUpResult =
    kind < 0.75 ? 'resolved' : kind < 0.88 ? 'follow_up' : kind < 0.95 ? 'transferred' : 'invalid';
  return { afterMs: random.between(2_000, 5_000), result, remark: random.pick(REMARKS[result]) };
}

/** A mobile number of Guangxi's ranges. */
export function drawNumber(random: Random): string {
  const prefix = random.pick(['133771', '138771', '139781', '151771', '158772', '187771', '189781', '199771']);
  return `${prefix}${String(random.between(0, 99_999)).padStart(5, '0')}`;
}

/** The people who call, apart even when masked; about one call in three comes from somebody who called before. */
export function callerNumbers(random: Random, calls: number): string[] {
  const count = Math.max(3, Math.ceil(calls * 0.7));
  const numbers = new Map<string, string>();
  while (numbers.size < count) {
    const number = drawNumber(random);
    numbers.set(maskNumber(number), number);
  }
  return [...numbers.values()];
}
