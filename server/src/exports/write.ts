import { writeFile } from 'node:fs/promises';

/** What an export holds. */
export interface Lines {
  rows: number;
  /** `mark`: who took it out and when. */
  book(name: string, mark: string): Promise<File>;
}

/** Writes the workbook to `path`; returns its size in bytes. */
export async function writeBook(path: string, file: File): Promise<number> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  await writeFile(path, bytes, { mode: 0o600 });
  return bytes.length;
}
