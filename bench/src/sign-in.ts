/** `bench sign-in`: do calls ring as quickly while 20 people a second sign in, whose passwords are slow to check on purpose? */
import { answer, type BenchResult } from './answer.ts';
import type { BenchStack } from './bench-stack.ts';
import { percentile, rounded } from './figures.ts';
import type { BenchOptions } from './options.ts';
import { type SignInCounts, SignIns } from './sign-ins.ts';

const A_SECOND = 20;

export async function signIn(options: BenchOptions, say: (text: string) => void): Promise<BenchResult> {
  say('without sign-ins');
  const without = (await answer(options, say)).figures;
  say(`with ${A_SECOND} sign-ins a second`);
  const seen: { counts: SignInCounts | null } = { counts: null };
  const beside = ({ stack }: BenchStack, agents: number) => {
    const signIns = new SignIns(stack.url, agents, A_SECOND);
    return async () => {
      seen.counts = await signIns.stop();
    };
  };
  const busy = (await answer(options, say, beside)).figures;
  if (!seen.counts) throw new Error('nobody signed in');
  return report(without, busy, seen.counts, say);
}

type Figures = BenchResult['figures'];

function report(without: Figures, busy: Figures, counts: SignInCounts, say: (text: string) => void): BenchResult {
  const { admitted, refused, busy: sentAway, odd, ms } = counts;
  say(`sign-ins: ${admitted} admitted, ${refused} refused, ${sentAway} told to wait, ${odd} odd`);
  const [before, after] = [without.ringP95Ms ?? null, busy.ringP95Ms ?? null];
  const ratio = before && after ? Math.round((after / before) * 100) / 100 : null;
  return {
    figures: {
      ringP95MsWithout: before,
      ringP95Ms: after,
      ratio,
      failed: busy.failed ?? null,
      signInP50Ms: rounded(percentile(ms, 50)),
      signInP95Ms: rounded(percentile(ms, 95)),
      signIns: admitted + refused,
      busy: sentAway,
      odd,
      controlCpuWithout: without.controlCpu ?? null,
      controlCpu: busy.controlCpu ?? null,
    },
    targets: [
      { name: 'failed', value: busy.failed ?? null, wanted: { exactly: 0 } },
      { name: 'ringP95Ms', value: after, wanted: { atMost: 100 } },
      { name: 'odd', value: odd, wanted: { exactly: 0 } },
    ],
  };
}
