import { describe, expect, it } from 'vitest';
import { changesOf, type FieldName, typedAtFirst } from './fields.ts';

const shown = { name: '韦*兰', idNumber: '450***********1234', taxNumber: '', company: '南宁某公司' };
const none: ReadonlySet<FieldName> = new Set();

describe('what is known of a caller', () => {
  it('never sends a masked value back', () => {
    const typed = typedAtFirst(shown);
    expect(typed).toEqual({ name: '', idNumber: '', taxNumber: '', company: '南宁某公司' });
    expect(changesOf(shown, typed, none)).toEqual({});
  });
  it('sends only what was typed', () => {
    expect(changesOf(shown, { ...typedAtFirst(shown), name: ' 韦晓兰 ', taxNumber: '91450100' }, none)).toEqual({
      name: '韦晓兰',
      taxNumber: '91450100',
    });
  });
  it('clears a plain field by emptying it, a masked one only on demand', () => {
    const typed = { ...typedAtFirst(shown), company: '' };
    expect(changesOf(shown, typed, none)).toEqual({ company: '' });
    expect(changesOf(shown, typed, new Set<FieldName>(['idNumber']))).toEqual({ company: '', idNumber: '' });
  });
  it('compares with the whole values once they are revealed', () => {
    const revealed = { ...shown, name: '韦晓兰', idNumber: '450100199001011234' };
    const typed = typedAtFirst(revealed);
    expect(changesOf(revealed, typed, none)).toEqual({});
    expect(changesOf(revealed, { ...typed, name: '' }, none)).toEqual({ name: '' });
  });
});
