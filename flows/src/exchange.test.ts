import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exportFlow, importFlow, MAX_FILE } from './exchange.ts';
import { nodeTypes } from './registry.ts';
import { END } from './testing.ts';

const document = { start: 'end', nodes: { end: { ...END, title: '挂机', at: { x: 1, y: 2 } } } };
const file = (changes: object) =>
  JSON.stringify({ ...JSON.parse(exportFlow({ name: '主流程', document })), ...changes });

describe('a flow as a file', () => {
  it('comes back as it was', () => {
    expect(importFlow(exportFlow({ name: '主流程', document }), nodeTypes)).toEqual({ name: '主流程', document });
  });

  it('is taken with nodes that can not run yet: they are put right in the editor', () => {
    const unfinished = { start: 'a', nodes: { a: { type: 'play', config: {}, next: {} } } };
    expect(importFlow(file({ document: unfinished }), nodeTypes)).toMatchObject({ name: '主流程' });
  });

  it.each([
    ['', '不是流程文件'],
    ['<html>', '不是流程文件'],
    ['[]', '不是流程文件'],
    ['null', '不是流程文件'],
    [file({ format: 'x' }), '不是流程文件'],
    [file({ name: '' }), '不是流程文件'],
    [file({ version: 2 }), '请先升级'],
    [file({ document: 1 }), '已损坏：不是流程'],
    [file({ document: undefined }), '不是流程文件'],
    [file({ document: { start: 'a', nodes: [] } }), '已损坏：节点'],
    [file({ document: { start: 'a', nodes: { 'a b': END } } }), '已损坏'],
    [file({ document: { start: 'a', nodes: { constructor: END } } }), '已损坏'],
    [file({ document: { start: 'a', nodes: { a: { type: 'play' } } } }), '已损坏：节点“a”的 config：'],
  ])('is refused with a sentence: %s', (text, why) => {
    expect((importFlow(text, nodeTypes) as { refused: string }).refused).toContain(why);
  });

  it('is refused when it is far too long for one', () => {
    expect(importFlow(' '.repeat(MAX_FILE + 1), nodeTypes)).toEqual({ refused: '文件过大，不是流程文件' });
  });

  it('whatever it is, nothing is thrown', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.json().map((json) => file({ document: JSON.parse(json) })),
        ),
        (text) => {
          const read = importFlow(text, nodeTypes);
          if ('refused' in read) expect(read.refused).toMatch(/\p{Script=Han}/u);
        },
      ),
    );
  });
});
