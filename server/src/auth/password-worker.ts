/**
 * A process of its own for what is meant to be slow, at the lowest priority: calls go first. Linux weighs sessions against each other before
 * it looks at priorities within one (sched(7), autogroup): beside our other threads the lowest priority would still take their share.
 */
import { writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { hashSync, verifySync } from '@node-rs/argon2';
import type { PasswordAnswer, PasswordTask } from './passwords.ts';

/** RFC 9106: 64 MiB; six passes take an eighth of a second of a core of 2025. */
const ARGON2 = { memoryCost: 65_536, timeCost: 6, parallelism: 1 };
const PARAMETERS = `$argon2id$v=19$m=${ARGON2.memoryCost},t=${ARGON2.timeCost},p=${ARGON2.parallelism}$`;
/** zxcvbn works the harder the longer a password is; what is long enough is judged by its beginning. */
const JUDGED_CHARACTERS = 64;
/** Of 0 to 4; 1: found within a million guesses. */
const GUESSABLE = 1;

type Judge = (password: string, personal: string[]) => { score: number };

if (process.argv.includes('yield')) {
  setPriority(constants.priority.PRIORITY_LOW);
  yieldAsSession();
}

/** Nobody's: no password gives it. */
const ABSENT = `${PARAMETERS}bm9ib2R5J3MgaGFzaC4uLg$bm8gcGFzc3dvcmQgd2lsbCBldmVyIGdpdmUgdGhpcy4`;

let judge: Judge | null = null;

/** Same letters typed differently (full-width digits of an input method, say) are the same password. */
const normal = (password: string) => password.normalize('NFKC');

/** Where there is nothing to compare with, it takes as long as with a wrong password. */
function verify(hash: string | null, password: string) {
  if (!hash?.startsWith('$argon2')) {
    verifySync(ABSENT, normal(password));
    return { right: false, outdated: false };
  }
  return { right: verifySync(hash, normal(password)), outdated: !hash.startsWith(PARAMETERS) };
}

/** The dictionaries take memory: they are loaded when the first password is changed. */
async function loadJudge(): Promise<Judge> {
  const [{ ZxcvbnFactory }, { adjacencyGraphs, dictionary }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ]);
  const zxcvbn = new ZxcvbnFactory({ dictionary: { ...dictionary }, graphs: adjacencyGraphs });
  return (password, personal) => zxcvbn.check(password, personal);
}

async function answer(task: PasswordTask): Promise<unknown> {
  switch (task.kind) {
    case 'hash':
      return hashSync(normal(task.password), ARGON2);
    case 'verify':
      return verify(task.hash, task.password);
    case 'guessable': {
      judge ??= await loadJudge();
      const begin = normal(task.password).slice(0, JUDGED_CHARACTERS);
      return judge(begin, task.personal).score <= GUESSABLE;
    }
  }
}

/** Where the kernel groups by session; elsewhere the priority alone does it. */
function yieldAsSession(): void {
  try {
    writeFileSync('/proc/self/autogroup', String(constants.priority.PRIORITY_LOW));
  } catch {
    // Not Linux, or no such grouping.
  }
}

// Whoever asked has gone.
process.on('disconnect', () => process.exit());
process.on('message', (task: PasswordTask) => {
  const send = (message: PasswordAnswer) => process.send?.(message);
  answer(task).then(
    (value) => send({ value }),
    (error: unknown) => send({ error: String(error) }),
  );
});
