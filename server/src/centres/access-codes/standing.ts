/** How two centres stand to each other in the tree of units, which decides who may send calls to an access code. */
import type { AcceptsFrom } from '@rexian/contracts';

const isAbove = (upper: string, lower: string) => lower.startsWith(`${upper}.`);

/** The sender's centre as the receiver sees it, by their paths; null: it is the receiver itself. */
export function standingOf(sender: string, receiver: string): AcceptsFrom | null {
  if (sender === receiver) return null;
  if (isAbove(sender, receiver)) return 'above';
  return isAbove(receiver, sender) ? 'below' : 'side';
}

interface Code {
  /** Path of the code's centre. */
  centre: string;
  accepts: readonly AcceptsFrom[];
  /** The centre behind it is at another platform. */
  platform: boolean;
}

/**
 * Whether a centre may send calls to a code. Its own codes lead back to itself, and are for others, unless they lead to another platform:
 * then the trunk is its own.
 */
export function acceptsFromCentre(code: Code, sender: string): boolean {
  const standing = standingOf(sender, code.centre);
  return standing === null ? code.platform : code.accepts.includes(standing);
}
