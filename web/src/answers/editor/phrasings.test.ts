import { expect, it } from 'vitest';
import { added, phrasingsIn } from './phrasings.ts';

it('reads one phrasing a line, without numbers in front', () => {
  expect(phrasingsIn('1. 怎么开票\r\n\n 2、发票如何开 \n- 开票流程\n12366 能开票吗\n')).toEqual([
    ...['怎么开票', '发票如何开', '开票流程', '12366 能开票吗'],
  ]);
});

it('adds none twice, nor the question itself', () => {
  expect(added(['如何开票'], '怎么开票？', ['如何 开票？', '怎么开票', '开票', '开票。'])).toEqual([
    '如何开票',
    '开票',
  ]);
});
