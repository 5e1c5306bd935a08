import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { home } from '../testing/instances.ts';
import { installPrefix } from './install.ts';
import { keepRenumberedSound } from './late-packets.ts';

test('the installed program has been corrected, and is not corrected twice', async () => {
  const { path } = await installPrefix({ home });
  const program = readFileSync(join(path, 'usr/sbin/asterisk'));
  const untouched = Buffer.from(program);
  expect(keepRenumberedSound(program)).toBe('unknown');
  expect(program.equals(untouched)).toBe(true);
  // As it came: the jump is the only byte that differs.
  const jump = program.indexOf(Buffer.from('88000000' + '81faffff0000' + 'eb', 'hex'));
  if (process.arch !== 'x64') return;
  expect(jump).toBeGreaterThan(0);
  program[jump + 10] = 0x77;
  expect(keepRenumberedSound(program)).toBe('corrected');
  expect(program.equals(untouched)).toBe(true);
});

test('what is no program is left alone', () => {
  for (const bytes of [Buffer.alloc(0), Buffer.from('#!/bin/sh\n'), Buffer.alloc(4096, 0x77)])
    expect(keepRenumberedSound(bytes)).toBe('unknown');
});
