/** A real IP phone of somebody else's making, for tests only: baresip from Debian, with a tone for a microphone. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
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

const PREFIX = 'prefix-phone';
const modules = ['g711', 'ausine', 'aubridge'];

export class Baresip {
  readonly #child: ChildProcess;
  readonly #control: Socket;
  /** Everything that baresip told, one JSON object each. */
  readonly events: { type?: string; param?: string }[] = [];
  #answers = 0;

  private constructor(child: ChildProcess, control: Socket) {
    this.#child = child;
    this.#control = control;
    let pending = '';
    control.setEncoding('utf8').on('data', (text) => {
      pending = this.#take(pending + text);
    });
  }

  /** Starts it; whether it registers is told by `registration`. */
  static async start(options: BaresipOptions): Promise<Baresip> {
    const home = defaultHome();
    await installPrefix({ home, name: PREFIX, packages: ['baresip-core'] });
    await rm(options.folder, { recursive: true, force: true });
    await mkdir(options.folder, { recursive: true });
    await writeFile(join(options.folder, 'config'), config(home, options.port));
    const { username, registrar, password } = options;
    const account = `<sip:${username}@${registrar}>;auth_pass=${password};regint=60;answermode=manual\n`;
    await writeFile(join(options.folder, 'accounts'), account);
    const { command, args } = tool(home, 'baresip');
    const child = spawn(command, [...args, '-f', options.folder], { stdio: 'ignore' });
    try {
      return new Baresip(child, await connected(options.port + 1));
    } catch (error) {
      child.kill('SIGKILL');
      throw error;
    }
  }

  /** The outcome of its registration. */
  async registration(): Promise<'registered' | 'refused'> {
    const told = await this.event(({ type }) => type === 'REGISTER_OK' || type === 'REGISTER_FAIL');
    return told.type === 'REGISTER_OK' ? 'registered' : 'refused';
  }

  /** The first event, past or to come, that fits. */
  async event(fits: (event: { type?: string; param?: string }) => boolean, deadlineMs = 10_000) {
    for (const end = Date.now() + deadlineMs; Date.now() < end; await sleep(20)) {
      const found = this.events.find(fits);
      if (found) return found;
    }
    throw new Error(`no such event of baresip: ${this.events.map(({ type }) => type).join(' ')}`);
  }

  answer = () => this.#command('accept');
  hangUp = () => this.#command('hangup');

  /** As if the machine slept: nothing is said goodbye to. */
  freeze(): void {
    this.#child.kill('SIGSTOP');
  }

  async stop(): Promise<void> {
    this.#control.destroy();
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exit = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await exit;
  }

  /** Commands and events are netstrings of JSON. */
  #command(command: string): void {
    const text = JSON.stringify({ command, token: String(++this.#answers) });
    this.#control.write(`${Buffer.byteLength(text)}:${text},`);
  }

  #take(text: string): string {
    for (let rest = text; ; ) {
      const length = Number(/^(\d+):/.exec(rest)?.[1] ?? Number.NaN);
      const start = String(length).length + 1;
      if (Number.isNaN(length) || rest.length < start + length + 1) return rest;
      const told = JSON.parse(rest.slice(start, start + length)) as { event?: boolean; type?: string };
      if (told.event) this.events.push(told);
      rest = rest.slice(start + length + 1);
    }
  }
}

function config(home: string, port: number): string {
  const own = join(home, PREFIX, 'usr/lib/baresip/modules');
  return [
    `module_path ${existsSync(own) ? own : '/usr/lib/baresip/modules'}`,
    ...modules.map((name) => `module ${name}.so`),
    ...['account', 'menu', 'ctrl_tcp'].map((name) => `module_app ${name}.so`),
    `sip_listen 127.0.0.1:${port}`,
    `ctrl_tcp_listen 127.0.0.1:${port + 1}`,
    'audio_source ausine,440',
    'audio_player aubridge,nil',
    'audio_alert aubridge,nil',
    '',
  ].join('\n');
}

async function connected(port: number): Promise<Socket> {
  for (const end = Date.now() + 5_000; ; await sleep(50)) {
    const socket = connect(port, '127.0.0.1');
    try {
      await once(socket, 'connect');
      socket.on('error', () => undefined);
      return socket;
    } catch (error) {
      if (Date.now() > end) throw error;
    }
  }
}
