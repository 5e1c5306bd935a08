import { expect, it } from 'vitest';
import { passwordsFile } from './passwordsFile.ts';

it('writes what Excel reads as text', async () => {
  const file = passwordsFile([
    { login: '3001', password: 'Ab"c,d' },
    { login: '=1+1', password: 'x' },
  ]);
  const bytes = new Uint8Array(await file.arrayBuffer());
  expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect(new TextDecoder().decode(bytes)).toBe('"工号","初始密码"\r\n"3001","Ab""c,d"\r\n"\'=1+1","x"\r\n');
});
