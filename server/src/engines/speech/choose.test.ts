import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../platform/config.ts';
import { createLogger } from '../../platform/log.ts';
import { speechEngines } from './choose.ts';

const home = mkdtempSync(join(tmpdir(), 'choose-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

function engines(speech: Record<string, string>): string[] {
  const config = readConfig({
    REXIAN_HOME: home,
    DATABASE_URL: 'postgres://x@127.0.0.1/x',
    ASTERISK_URL: 'http://127.0.0.1:1',
    REXIAN_SECRET: 'x'.repeat(32),
    ...speech,
  });
  return speechEngines(config, createLogger({ level: 'silent' })).map(({ name, version }) => `${name}: ${version}`);
}
const service = { SPEECH_ENGINE: 'http', SPEECH_HTTP_URL: 'https://speech.example/v1/audio/speech' };

describe('the engine that speaks', () => {
  it('is espeak-ng unless another is chosen, and comes after every other', () => {
    expect(engines({})).toEqual([expect.stringMatching(/^espeak-ng: .*165/)]);
    expect(engines({ ...service, SPEECH_VOICE: 'xiaoxiao' })).toEqual([
      expect.stringMatching(/^http: .*xiaoxiao/),
      expect.stringMatching(/^espeak-ng/),
    ]);
  });

  it('may be a service without TLS inside, when that is said', () => {
    const plain = { ...service, SPEECH_HTTP_URL: 'http://10.1.2.3/v1/audio/speech', SPEECH_HTTP_PLAIN: '1' };
    expect(engines(plain)[0]).toMatch(/^http: .*10\.1\.2\.3/);
  });

  it.each<[string, Record<string, string>, RegExp]>([
    ['a service without its address', { SPEECH_ENGINE: 'http' }, /needs SPEECH_HTTP_URL/],
    ['a service in the open', { ...service, SPEECH_HTTP_URL: 'http://speech.example/' }, /expected https/],
    ['a model without its file', { SPEECH_ENGINE: 'sherpa-onnx' }, /needs SPEECH_SHERPA_CONFIG/],
    [
      'a speaker that is no number',
      { SPEECH_ENGINE: 'sherpa-onnx', SPEECH_SHERPA_CONFIG: 'x', SPEECH_VOICE: 'a' },
      /number/,
    ],
    ['a speed that the engine can’t speak at', { SPEECH_SPEED: '3' }, /0.5…2 times/],
    ['an engine that nobody knows', { SPEECH_ENGINE: 'festival' }, /SPEECH_ENGINE/],
  ])('is refused at the start: %s', (_, speech, words) => expect(() => engines(speech)).toThrow(words));
});
