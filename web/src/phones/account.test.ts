import { expect, it } from 'vitest';
import { registrarText } from './account.ts';

it('names a server that a phone can reach', () => {
  expect(registrarText({ host: '127.0.0.1', port: 5060 }, 'hotline.gx.example')).toBe('hotline.gx.example:5060');
  expect(registrarText({ host: '10.8.0.4', port: 5080 }, 'hotline.gx.example')).toBe('10.8.0.4:5080');
});
