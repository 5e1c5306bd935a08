import { describe, expect, it } from 'vitest';
import { judge } from './ownership.ts';

describe('who owns the desk session', () => {
  it('opens signed out when the server holds no session', () => {
    expect(judge('unknown', null, null, false)).toBe('signed_out');
    expect(judge('unknown', 'old', null, false)).toBe('signed_out');
    expect(judge('signed_in', 'a', null, true)).toBe('signed_out');
  });
  it('resumes its own session after a reload', () => {
    expect(judge('unknown', 'a', 'a', false)).toBe('resume');
  });
  it('never takes a session of another page by itself', () => {
    expect(judge('unknown', null, 'a', false)).toBe('elsewhere');
    expect(judge('signed_out', null, 'a', false)).toBe('elsewhere');
  });
  it('gives way when another page signed in', () => {
    expect(judge('signed_in', 'a', 'b', true)).toBe('elsewhere');
    expect(judge('elsewhere', 'a', 'b', false)).toBe('nothing');
  });
  it('waits for the answer while signing in', () => {
    expect(judge('signing_in', null, 'b', false)).toBe('nothing');
  });
  it('stays when nothing changed', () => {
    expect(judge('signed_in', 'a', 'a', true)).toBe('nothing');
    expect(judge('signed_out', null, null, false)).toBe('nothing');
  });
});
