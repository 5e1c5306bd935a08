import { expect, it } from 'vitest';
import { notesOf } from './notes.ts';

it('tells what was left out of a Word file, each style once', () => {
  const style = "Unrecognised paragraph style: '正文缩进' (Style ID: a1)";
  expect(notesOf([style, style, 'An unrecognised element was ignored: v:textbox', 'Something else'])).toEqual([
    '1 处文本框、图形、公式或特殊图片未导入',
    '样式“正文缩进”按普通文字导入',
    '另有 1 处内容可能与原文不同',
  ]);
  expect(notesOf([])).toEqual([]);
});
