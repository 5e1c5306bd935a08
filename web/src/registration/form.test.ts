import type { Registration } from '@rexian/contracts';
import { describe, expect, it } from 'vitest';
import { formatFaults, isBlank, numberOf, sameRegistration, submitFaults, withCategory } from './form.ts';

const ID = '0195d3b0-0000-7000-8000-000000000001';
const form = (more: Partial<Registration> = {}): Registration => ({
  ...{ unitId: ID, kind: 'consultation', source: 'direct', categoryId: null, urgency: 'normal', contactId: ID },
  ...{ callerNumber: null, callerName: null, anonymous: false, region: '广西南宁', taxNumber: null, taxName: '某公司' },
  ...{
    title: '',
    content: '',
    answer: '',
    tags: [],
    fields: {},
    fileIds: [],
    occurredAt: null,
    reference: '',
    parentId: null,
  },
  ...more,
});

describe('a registration', () => {
  it('is blank while it says no more than the call does', () => {
    expect(isBlank(form({ categoryId: ID, urgency: 'urgent', callerName: '韦兰' }))).toBe(true);
    expect(isBlank(form({ content: ' \n' }))).toBe(true);
    expect(isBlank(form({ content: '申报期限' }))).toBe(false);
    expect(isBlank(form({ tags: ['退税'] }))).toBe(false);
  });
  it('takes kind and urgency from a category that names them', () => {
    const category = { id: ID, parentId: null, name: '服务投诉', code: null, active: true };
    expect(withCategory(form(), ID, { ...category, orderKind: 'complaint', urgency: null })).toMatchObject({
      ...{ categoryId: ID, kind: 'complaint', urgency: 'normal' },
    });
    expect(withCategory(form({ kind: 'inquiry' }), ID, { ...category, orderKind: null, urgency: null }).kind).toBe(
      'inquiry',
    );
  });
  it('is the same as what the server stores of it: trimmed, with the persons masked', () => {
    const typed = form({
      content: '申报期限 ',
      callerName: '韦兰',
      taxNumber: '91450100MA5KXXXX01',
      fields: { b: '1', a: ['2'] },
    });
    const stored = { ...typed, content: '申报期限', callerName: null, taxNumber: null, fields: { a: ['2'], b: '1' } };
    expect(sameRegistration(typed, stored)).toBe(true);
    expect(sameRegistration(typed, { ...stored, answer: '每月十五日前' })).toBe(false);
    expect(sameRegistration(form({ callerName: '韦兰' }), form({ callerName: '黄强' }))).toBe(false);
  });
  it('is answered before it is closed at once, and goes to whom the registrar chose', () => {
    const sent = { immediate: true, asked: [], targets: {} };
    expect(submitFaults(form(), sent)).toEqual({ content: '请填写诉求内容', answer: '即办须填写答复内容' });
    const asked = form({ content: '申报期限' });
    expect(submitFaults(asked, { ...sent, immediate: false })).toEqual({});
    const chosen = { handle: { unitId: ID, desk: null, personId: null } };
    expect(submitFaults(asked, { immediate: false, asked: ['handle'], targets: {} })).toEqual({
      targets: '请选择办理单位',
    });
    expect(submitFaults(asked, { immediate: false, asked: ['handle'], targets: chosen })).toEqual({});
  });
  it('tells of a number or code that can not be one', () => {
    expect(formatFaults(form({ callerNumber: '138a' }))).toEqual({ callerNumber: '号码只能包含数字' });
    expect(formatFaults(form({ taxNumber: '914501' }))).toHaveProperty('taxNumber');
    expect(numberOf('138 7715-0001')).toBe('13877150001');
    expect(numberOf(' ')).toBe('');
  });
});
