import { parseArgs } from 'node:util';
import { type TalkRange, talkRange } from './behaviour.ts';

export interface SimulateOptions {
  calls: number;
  /** New calls per second. */
  rate: number;
  agents: number;
  url: string;
  /** host:port of the platform's SIP trunk. */
  sip: string;
  number: string;
  talk: TalkRange;
  seed: number;
}

/** A wrong command line; the message is Chinese and meant for the terminal. */
export class UsageError extends Error {}

export const MOST_PARALLEL = 500;
/** The demo centre has this many agents for the simulator (8001…8020). */
export const MOST_AGENTS = 20;

export const USAGE = `用法：./rexian simulate [选项]
  --calls N      呼叫总数（默认 20）
  --rate R       每秒新呼叫数（默认 0.5）
  --agents M     模拟坐席数，0 表示只由真人接听（默认 5，最多 ${MOST_AGENTS}）
  --talk 秒      平均通话时长（默认 10–40 秒不等）
  --number 号码  拨打的号码（默认 12366）
  --url 地址     平台网址（默认为本目录中运行的平台，否则 http://localhost:12366）
  --sip 主机:端口 平台 SIP 地址（默认为本目录中运行的平台）
  --seed n       随机种子，相同种子得到相同的呼叫（默认随时间变化）`;

/** Reads the command line. Throws UsageError that says what is wrong. */
export function parseOptions(args: string[]): SimulateOptions {
  const { values } = readArguments(args);
  const url = address(values.url ?? process.env.REXIAN_URL ?? 'http://localhost:12366');
  const options = {
    calls: number('calls', values.calls ?? '20', 1, 100_000, true),
    rate: number('rate', values.rate ?? '0.5', 0.01, 50, false),
    agents: number('agents', values.agents ?? '5', 0, MOST_AGENTS, true),
    url,
    sip: values.sip ?? `${new URL(url).hostname}:${process.env.ASTERISK_SIP_PORT ?? 5060}`,
    number: values.number ?? '12366',
    talk: talkRange(values.talk === undefined ? undefined : number('talk', values.talk, 1, 3_600, false)),
    seed: number('seed', values.seed ?? String(Date.now() % 1_000_000), 0, 4_294_967_295, true),
  };
  if (!/^[\w.-]+:\d{1,5}$/.test(options.sip)) {
    throw new UsageError('--sip 应写成 主机:端口，例如 127.0.0.1:5060');
  }
  if (!/^[0-9*#]{1,32}$/.test(options.number)) throw new UsageError('--number 只能包含数字');
  requireBounded(options.calls, options.rate, options.talk);
  return options;
}

/** Refuses what would hold more calls at once than one machine should be asked to. */
function requireBounded(calls: number, rate: number, talk: TalkRange): void {
  const aboutSeconds = 20 + talk.longestMs / 1000;
  if (Math.min(calls, rate * aboutSeconds) <= MOST_PARALLEL) return;
  throw new UsageError(`同时呼叫会超过 ${MOST_PARALLEL} 路，请降低 --rate、--talk 或 --calls`);
}

function readArguments(args: string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args,
      options: {
        calls: text,
        rate: text,
        agents: text,
        url: text,
        sip: text,
        number: text,
        talk: text,
        seed: text,
      },
    });
  } catch {
    throw new UsageError('无法识别的选项');
  }
}

function number(name: string, value: string, low: number, high: number, whole: boolean): number {
  const parsed = Number(value);
  if (value.trim() === '' || !(parsed >= low && parsed <= high) || (whole && !Number.isInteger(parsed))) {
    throw new UsageError(`--${name} 应为 ${low} 到 ${high} 之间的${whole ? '整数' : '数'}`);
  }
  return parsed;
}

function address(value: string): string {
  try {
    return new URL(value).origin;
  } catch {
    throw new UsageError('--url 应为网址，例如 http://localhost:12366');
  }
}
