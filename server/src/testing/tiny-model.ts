/**
 * A real embedding model of a few hundred bytes, written as ONNX lays it down (onnx.proto: numbers of fields and types are from there):
 * each character's vector is looked up in a table. Characters of one row of `MEANINGS` mean the same to it; it knows no others.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const MEANINGS = ['爹娘父母', '车船', '契房屋'];
const SPECIAL = ['[PAD]', '[UNK]', '[CLS]', '[SEP]'];
const [FLOAT, INT64] = [1, 7];

/** Writes `model.onnx` and `vocab.txt`. */
export async function writeTinyModel(folder: string): Promise<void> {
  const nothing = MEANINGS.map(() => 0);
  const rows = [
    ...SPECIAL.map((word) => ({ word, vector: nothing })),
    ...MEANINGS.flatMap((words, meaning) =>
      [...words].map((word) => ({ word, vector: nothing.map((_, place) => (place === meaning ? 2 : 0)) })),
    ),
  ];
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'vocab.txt'), rows.map(({ word }) => `${word}\n`).join(''));
  await writeFile(join(folder, 'model.onnx'), lookup(rows.map(({ vector }) => vector)));
}

/** `last_hidden_state = table[input_ids]`. */
function lookup(table: readonly (readonly number[])[]): Buffer {
  const width = table[0]?.length ?? 0;
  const gather = Buffer.concat([
    ...['table', 'input_ids'].map((name) => text(1, name)),
    ...[text(2, 'last_hidden_state'), text(4, 'Gather')],
  ]);
  const weights = Buffer.concat([
    ...[number(1, table.length), number(1, width), number(2, FLOAT), text(8, 'table')],
    bytes(9, Buffer.from(Float32Array.from(table.flat()).buffer)),
  ]);
  const graph = Buffer.concat([
    ...[bytes(1, gather), text(2, 'lookup'), bytes(5, weights)],
    ...['input_ids', 'attention_mask'].map((name) => bytes(11, value(name, INT64, ['batch', 'tokens']))),
    bytes(12, value('last_hidden_state', FLOAT, ['batch', 'tokens', width])),
  ]);
  const [version, operators] = [8, 13];
  return Buffer.concat([number(1, version), bytes(7, graph), bytes(8, number(2, operators))]);
}

function value(name: string, type: number, shape: readonly (string | number)[]): Buffer {
  const dimensions = shape.map((size) => bytes(1, typeof size === 'number' ? number(1, size) : text(2, size)));
  const tensor = Buffer.concat([number(1, type), bytes(2, Buffer.concat(dimensions))]);
  return Buffer.concat([text(1, name), bytes(2, bytes(1, tensor))]);
}

/** Of protocol buffers, a varint and a field that tells its length. */
function varint(whole: number): Buffer {
  const parts: number[] = [];
  for (let rest = whole; parts.length === 0 || rest > 0; rest = Math.floor(rest / 128))
    parts.push((rest % 128) + (rest >= 128 ? 128 : 0));
  return Buffer.from(parts);
}
const number = (field: number, whole: number) => Buffer.concat([varint(field * 8), varint(whole)]);
const bytes = (field: number, content: Buffer) =>
  Buffer.concat([varint(field * 8 + 2), varint(content.length), content]);
const text = (field: number, content: string) => bytes(field, Buffer.from(content));
