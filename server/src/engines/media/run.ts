/** Runs the native media tools (sox, opusenc, espeak-ng) of the engine prefix as separate processes. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type ToolName, tool } from '@rexian/engines';

const execute = promisify(execFile);

/** Runs one tool to its end and gives what it said; rejects with its error output when it fails or takes longer than `timeoutMs`. */
export async function runTool(
  home: string,
  name: ToolName,
  args: string[],
  timeoutMs = 60_000,
): Promise<{ stdout: string; stderr: string }> {
  const { command, args: before, env } = tool(home, name);
  const options = { timeout: timeoutMs, killSignal: 'SIGKILL' as const, maxBuffer: 1 << 20 };
  return execute(command, [...before, ...args], env ? { ...options, env: { ...process.env, ...env } } : options);
}
