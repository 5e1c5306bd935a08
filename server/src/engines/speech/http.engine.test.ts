/** A speech service, stood in for by a small real server with all its faults. */
import { readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { defaultHome, installPrefix } from '@rexian/engines';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runTool } from '../media/run.ts';
import { httpSpeech } from './http.ts';

const home = defaultHome();
const target = join(tmpdir(), `http-speech-${process.pid}.wav`);
const tone = join(tmpdir(), `http-tone-${process.pid}.mp3`);
let audio: Buffer;
let url: string;
const asked: { body: unknown; authorization: string | undefined }[] = [];
let answers: ((response: ServerResponse) => void)[] = [];
const server = createServer(async (request: IncomingMessage, response) => {
  asked.push({ body: JSON.parse(await textOf(request)), authorization: request.headers.authorization });
  const answer = answers.length > 1 ? answers.shift() : answers[0];
  answer?.(response);
});

beforeAll(async () => {
  await installPrefix({ home });
  await runTool(home, 'sox', ['-n', '-r', '24000', '-c', '2', tone, 'synth', '1', 'sine', '440']);
  audio = await readFile(tone);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/audio/speech`;
});
beforeEach(() => {
  asked.length = 0;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  await Promise.all([target, tone].map((file) => rm(file, { force: true })));
});

const good = (response: ServerResponse) => void response.end(audio);
const status = (code: number) => (response: ServerResponse) => void response.writeHead(code).end('sorry');
const engine = (deadlineMs = 8_000) =>
  httpSpeech({ home, url, key: 'secret', model: 'tts-1', voice: 'xiaoxiao', speed: 1.1, deadlineMs });

describe('speech over HTTP', () => {
  it('asks as OpenAI’s interface does and takes any audio that comes', async () => {
    answers = [good];
    await engine().synthesize('您好', target);
    expect(asked).toEqual([
      {
        body: { model: 'tts-1', input: '您好', voice: 'xiaoxiao', speed: 1.1, response_format: 'wav' },
        authorization: 'Bearer secret',
      },
    ]);
    expect((await readFile(target)).subarray(0, 4).toString()).toBe('RIFF');
  });

  it('tries again after a passing fault', async () => {
    answers = [status(503), (response) => void response.socket?.destroy(), good];
    await engine().synthesize('您好', target);
    expect(asked.length).toBe(3);
  });

  it('gives up after three faults, and at once when it is refused', async () => {
    answers = [status(500)];
    await expect(engine().synthesize('您好', target)).rejects.toThrow(/answered 500/);
    expect(asked.length).toBe(3);
    answers = [status(401)];
    await expect(engine().synthesize('您好', target)).rejects.toThrow(/answered 401/);
    expect(asked.length).toBe(4);
  });

  it('does not wait for what hangs, before the answer or within it', async () => {
    answers = [() => undefined];
    await expect(engine(300).synthesize('您好', target)).rejects.toThrow(/in time/);
    answers = [(response) => void response.writeHead(200).write(audio.subarray(0, 100))];
    await expect(engine(300).synthesize('您好', target)).rejects.toThrow(/timeout|aborted/i);
  });

  it('takes no rubbish and nothing endless', async () => {
    answers = [(response) => void response.end('<html>welcome</html>')];
    await expect(engine().synthesize('您好', target)).rejects.toThrow(/不是可识别的音频/);
    answers = [
      (response) => {
        const more = () => {
          while (!response.destroyed && response.write(Buffer.alloc(1 << 20)));
        };
        response.on('drain', more);
        more();
      },
    ];
    await expect(engine(20_000).synthesize('您好', target)).rejects.toThrow(/more than/);
  });

  it('follows nobody elsewhere', async () => {
    answers = [(response) => void response.writeHead(307, { location: 'http://127.0.0.1:1/' }).end()];
    await expect(engine().synthesize('您好', target)).rejects.toThrow();
  });
});
