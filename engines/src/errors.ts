/** What can go wrong with an engine; stable codes for callers, a Chinese sentence that says what to do for people. */
export type EngineErrorCode =
  | 'no-apt'
  | 'no-mirror'
  | 'no-key'
  | 'no-network'
  | 'no-package'
  | 'no-tool'
  | 'disk-full'
  | 'no-permission'
  | 'bad-path'
  | 'unsupported'
  | 'bad-setting'
  | 'port-taken'
  | 'start-failed'
  | 'stop-failed'
  | 'timeout';

export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly code: EngineErrorCode;
  /** What the engine itself said (log tail, stderr), for whoever wants more than the sentence. */
  readonly detail: string | undefined;

  constructor(code: EngineErrorCode, message: string, detail?: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
    this.detail = detail;
  }
}

/** True when `error` is a Node system error with this code, for example `ENOENT`. */
export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
