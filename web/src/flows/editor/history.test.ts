import fc from 'fast-check';
import { expect, it } from 'vitest';
import { begun, changed, redone, settled, undone } from './history.ts';

it('takes what was typed into one field back at once, and other changes one by one', () => {
  const typed = ['a', 'ab', 'abc'].reduce((history, text) => changed(history, text, 'title'), begun(''));
  expect(undone(typed).present).toBe('');
  const twice = changed(changed(typed, 'x', 'text'), 'y');
  expect(undone(twice).present).toBe('x');
  expect(undone(undone(twice)).present).toBe('abc');
  expect(undone(changed(settled(typed), 'abcd', 'title')).present).toBe('abc');
});

it('begins a step after undo, and drops what was taken back', () => {
  const history = changed(undone(changed(changed(begun(0), 1), 2)), 3);
  expect(history).toMatchObject({ past: [0, 1], present: 3, future: [] });
  expect(redone(history)).toEqual(history);
});

const step = fc.oneof(
  fc.record({ next: fc.integer(), merge: fc.option(fc.constantFrom('a', 'b'), { nil: undefined }) }),
  fc.constantFrom('undo' as const, 'redo' as const),
);

it('comes back to the beginning by undo and forth again by redo, whatever was done', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let history = begun(0);
      for (const each of steps) {
        if (each === 'undo') history = undone(history);
        else if (each === 'redo') history = redone(history);
        else history = changed(history, each.next, each.merge);
      }
      const states = [...history.past, history.present, ...history.future];
      while (history.past.length > 0) history = undone(history);
      expect(history.present).toBe(0);
      while (history.future.length > 0) history = redone(history);
      expect([...history.past, history.present]).toEqual(states);
    }),
  );
});
