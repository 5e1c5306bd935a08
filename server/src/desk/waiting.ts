/** Keeps the number of waiting calls true on every desk, without each desk asking for it. */
import type { Db } from '../platform/db.ts';
import type { HintListener } from '../platform/hints.ts';
import type { Logger } from '../platform/log.ts';
import type { Realtime } from '../platform/realtime.ts';
import { waitingByAgent } from './figures.ts';

/** However much happens, desks hear of it at most this often. */
const BEAT_MS = 500;

/** Tells agents whose number has changed; returns what stops it. */
export function announceWaiting(options: { db: Db; hints: HintListener; realtime: Realtime; log: Logger }): () => void {
  const { db, hints, realtime, log } = options;
  let told = new Map<string, number>();
  let due = false;
  hints.onHint((hint) => {
    due ||= hint.topic === 'contact' || hint.topic === 'desk';
    // The page reads its desk anew and may have seen a number in between.
    if (hint.topic === 'desk') told.delete(hint.personId);
  });
  const beat = setInterval(() => {
    if (!due) return;
    due = false;
    waitingByAgent(db)
      .then((now) => {
        for (const [personId, waiting] of now)
          if (told.get(personId) !== waiting) realtime.tell(personId, { topic: 'waiting', waiting });
        told = now;
      })
      .catch((error) => log.warn({ error: String(error) }, 'waiting calls not counted'));
  }, BEAT_MS);
  return () => clearInterval(beat);
}
