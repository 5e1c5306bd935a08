/** What the terminal shows: one line per event, and on a real terminal a status line below that is kept up to date. */
import type { CallResult, CallStage } from './call-run.ts';
import type { Summary } from './summary.ts';

const STAGES: Record<CallStage, string> = {
  dialling: '呼叫中',
  menu: '语音导航',
  queue: '排队',
  ringing: '振铃',
  talking: '通话',
};
const PLACES = { menu: '语音导航', queue: '排队', ringing: '振铃' } as const;

export class Screen {
  readonly #out: NodeJS.WriteStream;
  #status = '';

  constructor(out: NodeJS.WriteStream = process.stdout) {
    this.#out = out;
  }

  line(text: string): void {
    const time = new Date().toLocaleTimeString('zh-CN', { hour12: false });
    this.#clear();
    this.#out.write(`${time}  ${text}\n`);
    this.#draw();
  }

  /** The moving line; without a terminal it is written only when `always`. */
  status(counts: Record<CallStage, number>, done: number, total: number, always: boolean): void {
    const stages = Object.entries(STAGES).map(([stage, label]) => `${label} ${counts[stage as CallStage]}`);
    this.#clear();
    this.#status = `完成 ${done}/${total}｜${stages.join('｜')}`;
    if (this.#out.isTTY) this.#draw();
    else if (always) this.#out.write(`${this.#status}\n`);
  }

  end(text: string): void {
    this.#clear();
    this.#status = '';
    this.#out.write(`${text}\n`);
  }

  #clear(): void {
    if (this.#out.isTTY && this.#status) this.#out.write('\r\x1b[2K');
  }

  #draw(): void {
    if (this.#out.isTTY && this.#status) this.#out.write(this.#status);
  }
}

export function resultText(from: string, result: CallResult): string {
  switch (result.kind) {
    case 'talked': {
      const who = result.by === 'caller' ? '来电人' : '坐席';
      return `${from}  坐席 ${result.agent || '—'} 接听，通话 ${seconds(result.talkedMs)}，${who}挂机`;
    }
    case 'left':
      return `${from}  在${PLACES[result.where]}时放弃`;
    case 'closed':
      return `${from}  平台在${STAGES[result.at]}时结束通话`;
    case 'failed':
      return `${from}  失败（${STAGES[result.at]}）：${result.why}`;
    case 'stopped':
      return `${from}  模拟中止`;
  }
}

export function summaryText(summary: Summary): string {
  const { left } = summary;
  const rows = [
    ['呼叫', String(summary.calls)],
    ['接听', String(summary.talked)],
    ['放弃', `导航 ${left.menu}，排队 ${left.queue}，振铃 ${left.ringing}`],
    ['平台结束', `${summary.closed}（超时或无按键）`],
    ['失败', String(summary.failed)],
    ...(summary.stopped > 0 ? [['中止', String(summary.stopped)]] : []),
    ['话单', summary.records === null ? '未知' : String(summary.records)],
    ['平均等待', summary.meanWaitMs === null ? '—' : seconds(summary.meanWaitMs)],
    ...summary.contradictions.map((text) => ['不符', text]),
  ];
  return ['', '模拟结果', ...rows.map(([name, value]) => `  ${name}：${value}`)].join('\n');
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} 秒`;
