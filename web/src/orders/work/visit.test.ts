import { expect, it } from 'vitest';
import { isOutcomeSaid, outcomeOf } from './visit.ts';

it('what the caller said is the way on, as far as the drawing has one for it', () => {
  const outcomes = ['满意', '不满意', '未接通'];
  expect(outcomeOf('basically_satisfied', outcomes)).toBe('满意');
  expect(outcomeOf('basically_satisfied', ['基本满意', ...outcomes])).toBe('基本满意');
  expect(outcomeOf('unreached', ['满意', '不满意'])).toBe(null);
  expect(isOutcomeSaid(outcomes)).toBe(true);
  expect(isOutcomeSaid(['满意', '不满意'])).toBe(false);
  expect(isOutcomeSaid([...outcomes, '转办'])).toBe(false);
});
