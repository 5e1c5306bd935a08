import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskId, maskName, maskNumber } from './masking.ts';
import { dataCipher, newDataKey, readKeyRing, Vault } from './vault.ts';

const ringOf = (...ciphers: ('aes-256-gcm' | 'sm4')[]) => ({
  active: ciphers.length,
  keys: ciphers.map((cipher, index) => newDataKey(index + 1, cipher)),
});

describe.each(dataCipher.options)('a vault with %s', (cipher) => {
  const vault = new Vault(ringOf(cipher));

  it('opens what it sealed, and seals the same text differently each time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const [one, other] = [vault.seal('name', text), vault.seal('name', text)];
        expect(vault.open('name', one)).toBe(text);
        expect(one.equals(other)).toBe(false);
      }),
    );
  });

  it('notices every changed byte, and a value moved to another column', () => {
    const sealed = vault.seal('number', '13800138000');
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => vault.open('number', changed), `byte ${at}`).toThrow();
    }
    expect(() => vault.open('name', sealed)).toThrow();
    expect(() => vault.open('number', sealed.subarray(0, 10))).toThrow();
  });

  it('shows nothing of the text', () => {
    expect(vault.seal('number', '13800138000').includes('138')).toBe(false);
    expect(vault.index('number', '13800138000').toString('latin1')).not.toContain('138');
  });

  it('indexes are equal for equal values of one kind only', () => {
    expect(vault.index('number', '13800138000')).toEqual(vault.index('number', '13800138000'));
    expect(vault.index('number', '13800138000')).not.toEqual(vault.index('number', '13800138001'));
    expect(vault.index('id_number', '13800138000')).not.toEqual(vault.index('number', '13800138000'));
    expect(vault.tail('number', '13800138000')).toEqual(vault.tails('number', '8000')[0]);
    expect(vault.tail('number', '110')).toBeNull();
  });
});

describe('changing keys', () => {
  it('old values still open and are found, new ones use the new key', () => {
    const ring = ringOf('aes-256-gcm', 'sm4');
    const before = new Vault({ ...ring, active: 1 });
    const after = new Vault(ring);
    const sealed = before.seal('number', '13800138000');
    expect(after.open('number', sealed)).toBe('13800138000');
    expect(after.keyIdOf(sealed)).toBe(1);
    expect(after.keyIdOf(after.seal('number', '13800138000'))).toBe(2);
    expect(after.indexes('number', '13800138000')).toContainEqual(before.index('number', '13800138000'));
  });

  it('says which key is missing', () => {
    const ring = ringOf('aes-256-gcm', 'aes-256-gcm');
    const sealed = new Vault(ring).seal('name', '韦晓兰');
    expect(() => new Vault({ active: 1, keys: ring.keys.slice(0, 1) }).open('name', sealed)).toThrow('data key 2');
  });

  it('refuses keys that are none', () => {
    expect(() => readKeyRing({ keys: '1:aes-256-gcm:c2hvcnQ=' })).toThrow('under 32 bytes');
    expect(() => readKeyRing({ keys: `1:rot13:${'A'.repeat(44)}` })).toThrow('REXIAN_DATA_KEYS');
    expect(() => readKeyRing({ file: '/nowhere/keys.json' })).toThrow('no data key');
    expect(() => new Vault(readKeyRing({ keys: `7:sm4:${Buffer.alloc(32, 1).toString('base64')}` }))).not.toThrow();
  });
});

describe('masks', () => {
  it('show the ends that people recognise', () => {
    expect(maskNumber('13812345678')).toBe('138****5678');
    expect(maskNumber('07715551234')).toBe('077****1234');
    expect(maskNumber('12366')).toBe('12366');
    expect(maskNumber('5551234')).toBe('5**1234');
    expect(maskNumber('+8613812345678')).toBe('+86*******5678');
    expect(maskNumber('匿名')).toBe('匿名');
    expect([maskName('韦晓兰'), maskName('韦兰'), maskName('欧阳晓兰'), maskName('')]).toEqual([
      '韦*兰',
      '韦*',
      '欧**兰',
      '',
    ]);
    expect(maskId('450102199001011234')).toBe('450***********1234');
    expect(maskId('AB1234')).toBe('A****4');
  });

  it('always hide at least as much as they leave of a number, and keep its length', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{7,20}$/), (number) => {
        const masked = maskNumber(number);
        expect(masked).toHaveLength(number.length);
        expect(masked.match(/\*/g)?.length ?? 0).toBeGreaterThanOrEqual(2);
      }),
    );
  });
});
