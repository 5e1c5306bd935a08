/** What simulated people say: real speech, made once and kept as G.711 A-law, so that playing it costs no transcoding. */
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { runTool } from '@rexian/server/engines/media/run.ts';
import { espeak } from '@rexian/server/engines/speech/espeak.ts';

export const CALLER_SENTENCES = [
  '您好，我想咨询一下个人所得税汇算清缴怎么办理。',
  '我在电子税务局上申报的时候，系统提示数据异常，怎么处理？',
  '请问开具增值税专用发票需要带什么材料？',
  '好的，我明白了，那截止日期是哪一天？',
  '谢谢您，再见。',
] as const;

export const AGENT_SENTENCES = [
  '您好，这里是纳税服务热线，请问有什么可以帮您？',
  '请您稍等，我帮您查询一下。',
  '您可以登录电子税务局，在我要办税栏目里办理。',
  '请问您的申报表提交成功了吗？',
  '感谢您的来电，请您对本次服务作出评价，再见。',
] as const;

const BYTES_PER_MS = 8;
const ROOM_SECONDS = 60;

/** One sound: path without extension (as Asterisk wants it) and its length. */
export interface Sound {
  path: string;
  ms: number;
}

/** The pitch marks who speaks, so that a recording shows whether its channels are the right way round. */
export type Voice = 'caller' | 'agent';
const PITCH: Record<Voice, number> = { caller: 250, agent: -150 };

export class Sounds {
  readonly #home: string;
  readonly #folder: string;
  readonly #making = new Map<string, Promise<Sound>>();

  constructor(home: string, folder: string) {
    this.#home = home;
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  /** The spoken text; synthesized when it isn't there yet. */
  speech(text: string, voice: Voice): Promise<Sound> {
    const engine = espeak(this.#home);
    const key = createHash('sha256').update(`${engine.version}\n${voice}\n${text}`).digest('hex').slice(0, 24);
    return this.#once(key, async (target) => {
      const wav = `${target}.wav`;
      try {
        await engine.synthesize(text, wav);
        await this.#sox([wav, ...TELEPHONE, target, 'pitch', String(PITCH[voice]), 'norm', '-6']);
      } finally {
        rmSync(wav, { force: true });
      }
    });
  }

  /** The quiet noise of a room: what a telephone sends while its owner listens. */
  room(): Promise<Sound> {
    return this.#once('room', (target) =>
      this.#sox(['-n', ...TELEPHONE, target, 'synth', String(ROOM_SECONDS), 'pinknoise', 'vol', '0.01']),
    );
  }

  /** A tone that tells its sender from the others, for tests of who hears whom. */
  tone(hertz: number): Promise<Sound> {
    return this.#once(`tone-${hertz}`, (target) =>
      this.#sox(['-n', ...TELEPHONE, target, 'synth', String(ROOM_SECONDS), 'sine', String(hertz), 'vol', '0.2']),
    );
  }

  #once(key: string, make: (target: string) => Promise<void>): Promise<Sound> {
    let sound = this.#making.get(key);
    if (!sound) {
      sound = this.#make(join(this.#folder, key), make);
      this.#making.set(key, sound);
    }
    return sound;
  }

  async #make(path: string, make: (target: string) => Promise<void>): Promise<Sound> {
    const file = `${path}.alaw`;
    if (!existsSync(file)) {
      const part = `${path}.${randomUUID()}.part`;
      await make(part);
      renameSync(part, file);
    }
    return { path, ms: Math.round(statSync(file).size / BYTES_PER_MS) };
  }

  async #sox(args: string[]): Promise<void> {
    await runTool(this.#home, 'sox', args);
  }
}

const TELEPHONE = ['-r', '8000', '-c', '1', '-t', 'al'];
