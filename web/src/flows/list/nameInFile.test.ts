import { expect, it } from 'vitest';
import { nameInFile } from './nameInFile.ts';

it.each([
  ['{"name":" 主流程 "}', '主流程'],
  ['{"name":""}', null],
  ['{"name":7}', null],
  ['null', null],
  ['<html>', null],
])('of %s is %s', (text, name) => expect(nameInFile(text)).toBe(name));
