/**
 * Milliseconds to wait before registration attempt `attempt` (0 = first retry). The first retries come quickly because
 * the server may need a few hundred milliseconds to make a fresh account known to the voice engine.
 */
export function registrationDelay(attempt: number): number {
  const steps = [300, 600, 1_000, 2_000, 4_000, 8_000];
  return steps[Math.min(attempt, steps.length - 1)] as number;
}
