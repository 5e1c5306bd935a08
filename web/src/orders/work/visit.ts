import { type VisitResult, visitResult } from '@rexian/contracts';

/** Which way on what the caller said means; `basically_satisfied` is `satisfied` where the drawing doesn't tell them apart. null: none. */
export function outcomeOf(said: VisitResult, outcomes: readonly string[]): string | null {
  const words = [said, ...(said === 'basically_satisfied' ? (['satisfied'] as const) : [])];
  return words.map((each) => visitResult.labels[each]).find((each) => outcomes.includes(each)) ?? null;
}

/** Whether what the caller said is the outcome, whatever it is: then it isn't asked for twice. */
export function isOutcomeSaid(outcomes: readonly string[]): boolean {
  const said = visitResult.values.map((each) => outcomeOf(each, outcomes));
  return said.every((each) => each !== null) && outcomes.every((each) => said.includes(each));
}
