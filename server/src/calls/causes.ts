/** Causes of hang-ups (ITU-T Q.850) that tell why a phone was not reached; any other is one that nobody answered. */
export const CALL_REJECTED = 21;
export const USER_BUSY = 17;
/** Unallocated, no route, subscriber absent, wrong number, destination or network out of order, temporary failure… */
const UNREACHABLE = new Set([1, 2, 3, 20, 22, 27, 28, 34, 38, 41, 42, 58, 88]);

export const isUnreachable = (cause: number) => UNREACHABLE.has(cause);
