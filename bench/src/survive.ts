import type { BenchResult } from './answer.ts';
import type { BenchOptions } from './options.ts';
export async function survive(_options: BenchOptions, _say: (text: string) => void): Promise<BenchResult> {
  return { figures: {}, targets: [] };
}
