/** The process beside us, real; sherpa-onnx itself stood in for. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sherpa } from './sherpa.ts';
import type { SpeechEngine } from './speech.ts';

const module = resolve(import.meta.dirname, '../../testing/sherpa-stand-in.ts');
let folder: string;
const started: SpeechEngine[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sherpa-'));
  await writeFile(join(folder, 'good.json'), '{}');
  await writeFile(join(folder, 'bad.json'), '{"broken": true}');
  await writeFile(join(folder, 'rubbish.json'), '{');
});
afterAll(async () => {
  for (const engine of started) engine.close();
  await rm(folder, { recursive: true, force: true });
});

function engine(config = 'good.json', deadlineMs = 20_000): SpeechEngine {
  const made = sherpa({ config: join(folder, config), speaker: 3, speed: 1.2, module, deadlineMs });
  started.push(made);
  return made;
}
const wav = (name: string) => join(folder, `${name}.wav`);

describe('sherpa-onnx', () => {
  it('speaks in a process of its own, beside the model, several texts at once', async () => {
    const speaking = engine();
    await Promise.all(['一', '一二'].map((text) => speaking.synthesize(text, wav(text))));
    expect(await readFile(wav('一'), 'utf8')).toBe(`1600 16000 一 3 1.2 ${folder}`);
    expect(await readFile(wav('一二'), 'utf8')).toMatch(/^3200 /);
  });

  it('tells what went wrong and goes on with the next text', async () => {
    const speaking = engine();
    await expect(speaking.synthesize('出错', wav('error'))).rejects.toThrow(/bad text/);
    await expect(speaking.synthesize('崩溃', wav('crash'))).rejects.toThrow(/SIGKILL/);
    await speaking.synthesize('好', wav('again'));
    expect(await readFile(wav('again'), 'utf8')).toMatch(/^1600 /);
  });

  it('is stopped when it hangs, with all that wait for it', async () => {
    const speaking = engine('good.json', 2_000);
    const both = await Promise.allSettled(['卡住', '好'].map((text) => speaking.synthesize(text, wav('hang'))));
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  it('says which model it could not load', async () => {
    await expect(engine('bad.json').synthesize('好', wav('none'))).rejects.toThrow(/model file is missing/);
  });

  it('is refused in clear words without its package or its configuration', () => {
    const options = { speaker: 0, speed: 1 };
    expect(() => sherpa({ ...options, config: join(folder, 'good.json'), module: 'no-such-sherpa' })).toThrow(
      /需要 no-such-sherpa，请先运行 npm install/,
    );
    expect(() => sherpa({ ...options, config: join(folder, 'none.json'), module })).toThrow(/无法读取模型配置/);
    expect(() => sherpa({ ...options, config: join(folder, 'rubbish.json'), module })).toThrow(/无法读取模型配置/);
  });
});
