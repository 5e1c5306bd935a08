/** A real IP phone of somebody else's making, for tests only: baresip from Debian, with a tone for a microphone. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { defaultHome, installPrefix, tool } from '@rexian/engines';

export interface BaresipOptions {
  folder: string;
  /** host:port of the registrar. */
  registrar: string;
  username: string;
  password: string;
  /** SIP port; the one after it takes commands. */
  port: number;
}

const execute = promisify(execFile);
const PREFIX = 'prefix-phone';
const modules = ['g711', 'aufile', 'aubridge'];
const TONE_HERTZ = '440';

export class Baresip {
  readonly #child: ChildProcess;
  readonly #port: number;
  readonly #console = createSocket('udp4').unref();
  /** Everything it said. */
  #said = '';

  private constructor(child: ChildProcess, port: number) {
    this.#child = child;
    this.#port = port;
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text) => {
        this.#said += text;
      });
  }

  /** Starts it; whether it registers is told by `registration`. */
  static async start(options: BaresipOptions): Promise<Baresip> {
    const { folder, username, registrar, password, port } = options;
    const home = defaultHome();
    await installPrefix({ home, name: PREFIX, packages: ['baresip-core'] });
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    const tone = join(folder, 'tone.wav');
    const sox = tool(home, 'sox');
    await execute(sox.command, [
      ...sox.args,
      '-n',
      '-r',
      '8000',
      '-b',
      '16',
      '-c',
      '1',
      tone,
      'synth',
      '60',
      'sine',
      TONE_HERTZ,
    ]);
    await writeFile(join(folder, 'config'), config(home, port, tone));
    await writeFile(join(folder, 'accounts'), `<sip:${username}@${registrar}>;auth_pass=${password};regint=60\n`);
    const { command, args } = tool(home, 'baresip');
    return new Baresip(spawn(command, [...args, '-f', folder], { stdio: ['ignore', 'pipe', 'pipe'] }), port);
  }

  /** The outcome of its registration, which begins by itself. */
  async registration(): Promise<'registered' | 'refused'> {
    const outcome = await this.#says(/200 OK \(|40[13] (Unauthorized|Forbidden)/);
    return outcome.startsWith('200') ? 'registered' : 'refused';
  }

  async rings(): Promise<void> {
    await this.#says(/Incoming call from/);
  }

  answer(): void {
    this.#command('accept');
  }

  hangUp(): void {
    this.#command('hangup');
  }

  /** As if the machine slept: nothing is said goodbye to. */
  freeze(): void {
    this.#child.kill('SIGSTOP');
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exit = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await exit;
  }

  async #says(words: RegExp, deadlineMs = 15_000): Promise<string> {
    for (const end = Date.now() + deadlineMs; Date.now() < end; await sleep(50)) {
      const found = words.exec(this.#said);
      if (found) return found[0];
    }
    throw new Error(`baresip did not say ${words}: ${this.#said.slice(-500)}`);
  }

  #command(name: string): void {
    this.#console.send(`/${name}\n`, this.#port + 1, '127.0.0.1');
  }
}

function config(home: string, port: number, tone: string): string {
  const own = join(home, PREFIX, 'usr/lib/baresip/modules');
  return [
    `module_path ${existsSync(own) ? own : '/usr/lib/baresip/modules'}`,
    ...modules.map((name) => `module ${name}.so`),
    ...['account', 'menu', 'cons'].map((name) => `module_app ${name}.so`),
    `sip_listen 127.0.0.1:${port}`,
    `cons_listen 127.0.0.1:${port + 1}`,
    `audio_source aufile,${tone}`,
    'audio_player aubridge,nil',
    'audio_alert aubridge,nil',
    '',
  ].join('\n');
}
