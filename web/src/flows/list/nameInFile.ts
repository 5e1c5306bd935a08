import { flowName } from '@rexian/contracts';

/** What the flow in a file was called; null: it says nothing usable. Whether the file can be taken is the server's to say. */
export function nameInFile(text: string): string | null {
  try {
    const read = flowName.safeParse((JSON.parse(text) as { name?: unknown } | null)?.name);
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}
