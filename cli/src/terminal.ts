import type { Progress, Report } from '@rexian/engines';

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const quietMs = 2_000;
const plainEveryMs = 5_000;

type Output = NodeJS.WritableStream & { isTTY?: boolean };

/** Prints what is going on: a moving line with the elapsed time on a terminal, plain lines now and then elsewhere. */
export class Terminal {
  private readonly out: Output;
  private readonly live: boolean;
  private drawn = false;

  constructor(out: Output = process.stdout) {
    this.out = out;
    this.live = out.isTTY === true && process.env.TERM !== 'dumb' && !process.env.CI;
  }

  line(text = ''): void {
    this.clear();
    this.out.write(`${text}\n`);
  }

  warn(text: string): void {
    this.line(this.live ? `\x1b[33m! ${text}\x1b[0m` : `! ${text}`);
  }

  fail(text: string): void {
    this.line(this.live ? `\x1b[31m✗ ${text}\x1b[0m` : `✗ ${text}`);
  }

  /** Runs one step under `title`; what it reports is shown while it lasts. Steps under two seconds leave no trace. */
  async step<T>(title: string, work: (report: Report) => Promise<T>): Promise<T> {
    const begin = Date.now();
    const shown: Shown = { now: { step: title }, at: begin, lastStep: '' };
    const timer = setInterval(() => this.show(shown, begin), this.live ? 100 : 500);
    try {
      const result = await work((progress) => {
        shown.now = progress;
      });
      const took = Date.now() - begin;
      this.clear();
      if (took >= quietMs) this.line(`✓ ${title}（${seconds(took)}）`);
      return result;
    } finally {
      clearInterval(timer);
      this.clear();
    }
  }

  private show(shown: Shown, begin: number): void {
    const took = Date.now() - begin;
    const text = `${describe(shown.now)}（已用 ${seconds(took)}）`;
    if (this.live) {
      const frame = frames[Math.floor(took / 100) % frames.length];
      this.out.write(`\r\x1b[2K${frame} ${text}`);
      this.drawn = true;
      return;
    }
    const isNew = shown.now.step !== shown.lastStep;
    if (took < quietMs || (!isNew && Date.now() - shown.at < plainEveryMs)) return;
    shown.at = Date.now();
    shown.lastStep = shown.now.step;
    this.line(`… ${text}`);
  }

  private clear(): void {
    if (this.drawn) this.out.write('\r\x1b[2K');
    this.drawn = false;
  }
}

type Shown = { now: Progress; at: number; lastStep: string };

function describe({ step, percent, detail }: Progress): string {
  const parts = [step, percent === undefined ? '' : `${Math.floor(percent)}%`, detail ?? ''];
  return parts.filter(Boolean).join(' ');
}

/** A duration in milliseconds as people read it. */
export function seconds(ms: number): string {
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} 秒`;
  return `${Math.floor(ms / 60_000)} 分 ${Math.round((ms % 60_000) / 1000)} 秒`;
}
