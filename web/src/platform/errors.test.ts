import { ORPCError } from '@orpc/client';
import { describe, expect, it } from 'vitest';
import { errorText } from './errors.ts';

describe('what a person is told', () => {
  it('names the field that is wrong when the contract has Chinese words for it', () => {
    const issues = [{ message: 'Invalid input' }, { message: '请输入完整号码或后四位' }];
    expect(errorText(new ORPCError('BAD_REQUEST', { data: { issues } }))).toBe('请输入完整号码或后四位');
    expect(errorText(new ORPCError('BAD_REQUEST', { message: 'Input validation failed' }))).toContain('请检查后重试');
  });
  it('keeps the words of refusals and hides those of faults', () => {
    const refused = new ORPCError('LOCKED', { status: 429, message: '请 60 秒后再试' });
    expect(errorText(refused)).toBe('请 60 秒后再试');
    expect(errorText(new ORPCError('BUSY', { status: 503, message: '系统繁忙，请稍后再试' }))).toContain('系统繁忙');
    expect(errorText(new ORPCError('INTERNAL_SERVER_ERROR', { message: '内部' }))).toBe('服务器出错，请稍后重试');
    expect(errorText(new TypeError('Failed to fetch'))).toContain('无法连接服务器');
  });
});
