import { describe, expect, it } from 'vitest';
import { fillIn, piecesOf, placesIn } from './templates.ts';

describe('prompts of the library in a text', () => {
  it('are told from words, in order', () => {
    expect(piecesOf('{{欢迎词}} 您好，{name}。{{ 停机公告 }}')).toEqual([
      { prompt: '欢迎词' },
      { text: '您好，{name}。' },
      { prompt: '停机公告' },
    ]);
    expect(piecesOf(' ')).toEqual([]);
    expect(piecesOf('{{}}')).toEqual([{ text: '{{}}' }]);
  });

  it('are no variables, and stay when variables are filled in', () => {
    expect(placesIn('{{welcome}}{name}')).toEqual([{ name: 'name', part: undefined, kind: undefined }]);
    expect(fillIn('{{welcome}}{name}', { welcome: '甲', name: '乙' })).toBe('{{welcome}}乙');
  });

  it('are named by nothing that comes from outside', () => {
    expect(piecesOf(fillIn('{name}', { name: '{{欢迎词}}' }))).toEqual([{ text: '{欢迎词}}' }]);
  });
});
