/** A model of a few hundred bytes through the real runtime. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeTinyModel } from '../../testing/tiny-model.ts';
import { type OnnxEmbedder, openOnnxEmbedder } from './onnx.ts';
import { OnnxModel } from './onnx-model.ts';
import { readTokenizer } from './tokenizer.ts';

let folder: string;
let embedder: OnnxEmbedder;
const opened: OnnxEmbedder[] = [];
const place = (name: string) => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'embedder-'));
  await writeTinyModel(place('tiny'));
  embedder = await openOnnxEmbedder(place('tiny'));
  opened.push(embedder);
}, 30_000);
afterAll(async () => {
  for (const each of opened) await each.close();
  await rm(folder, { recursive: true, force: true });
});

const rounded = (vectors: readonly Float32Array[]) =>
  vectors.map((vector) => [...vector].map((value) => Math.round(value * 100) / 100));

it('gives vectors of length 1 by what texts mean', async () => {
  expect(embedder).toMatchObject({ name: 'tiny', dimensions: 3 });
  // Of different lengths: what is filled up doesn't count.
  const vectors = rounded(await embedder.embed(['爹娘', '父母', '车', '父船', '无']));
  expect(vectors).toEqual([
    [1, 0, 0],
    [1, 0, 0],
    [0, 1, 0],
    [0.71, 0.71, 0],
    [0, 0, 0],
  ]);
});

it('takes many texts, and several askers at a time', async () => {
  const many = Array.from({ length: 50 }, (_, number) => (number % 2 === 0 ? '父母' : '车船'.repeat(200)));
  const [all, one] = await Promise.all([embedder.embed(many), embedder.embed(['房屋'])]);
  expect(rounded(all).map((vector) => vector.indexOf(1))).toEqual(many.map((text) => (text === '父母' ? 0 : 1)));
  expect(rounded(one)).toEqual([[0, 0, 1]]);
  expect(await embedder.embed([])).toEqual([]);
});

it('takes the first token where the model was trained so', async () => {
  await writeTinyModel(place('first'));
  await mkdir(place('first/1_Pooling'));
  await writeFile(place('first/1_Pooling/config.json'), JSON.stringify({ pooling_mode_cls_token: true }));
  const model = await OnnxModel.open(place('first'));
  // [CLS] means nothing to it.
  expect(rounded(await model.embed(['父母']))).toEqual([[0, 0, 0]]);
});

it('reads words as BERT does, from either file', async () => {
  await writeTinyModel(place('words'));
  await writeFile(place('words/vocab.txt'), '[PAD]\r\n[UNK]\r\n[CLS]\r\n[SEP]\r\n税\r\nvat\r\n##s\r\n');
  const tokenize = await readTokenizer(place('words'));
  expect(tokenize('税VATs 无')).toEqual([2, 4, 5, 6, 1, 3]);
  expect(tokenize('税'.repeat(600))).toHaveLength(128);
  expect(tokenize('税'.repeat(600)).at(-1)).toBe(3);
  const model = { type: 'WordPiece', unk_token: '?', continuing_subword_prefix: '##', vocab: { '?': 0, 税: 1 } };
  const definition = { added_tokens: [], normalizer: null, pre_tokenizer: { type: 'BertPreTokenizer' }, model };
  await writeFile(
    place('words/tokenizer.json'),
    JSON.stringify({ ...definition, post_processor: null, decoder: null }),
  );
  expect((await readTokenizer(place('words')))('税')).toEqual([1]);
});

it('says what is missing or broken', async () => {
  await expect(openOnnxEmbedder(place('none'))).rejects.toThrow(`no model.onnx in ${place('none')}`);
  await writeTinyModel(place('wordless'));
  await rm(place('wordless/vocab.txt'));
  await expect(openOnnxEmbedder(place('wordless'))).rejects.toThrow('neither tokenizer.json nor vocab.txt');
  await writeTinyModel(place('broken'));
  await writeFile(place('broken/model.onnx'), 'no model at all');
  await expect(openOnnxEmbedder(place('broken'))).rejects.toThrow("model.onnx can't be read");
  await writeFile(place('broken/tokenizer.json'), '{');
  await expect(openOnnxEmbedder(place('broken'))).rejects.toThrow("tokenizer.json can't be read");
});

it('refuses what waits when it closes, and what comes after', async () => {
  const closing = await openOnnxEmbedder(place('tiny'));
  const waiting = closing.embed(['父母']);
  await Promise.all([expect(waiting).rejects.toThrow('closed'), closing.close()]);
  await expect(closing.embed(['父母'])).rejects.toThrow('closed');
  await closing.close();
});
