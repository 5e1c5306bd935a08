/** Word files of today (.docx), read in the browser; the reader is fetched when it is needed. */
import { notesOf } from './notes.ts';
import { type Tidied, tidied } from './tidy.ts';

export interface Imported extends Tidied {
  /** What was left out or read in another way, in sentences. */
  notes: string[];
}

/** Word's names of styles; its own words for headings in Chinese are the same names inside the file. */
const STYLES = ["p[style-name='Title'] => h2:fresh", 'u => u', 'strike => s'];

/** Rejects with an Error in Chinese. */
export async function importWord(file: File): Promise<Imported> {
  const { default: mammoth } = await import('mammoth');
  const arrayBuffer = await file.arrayBuffer();
  const read = mammoth.convertToHtml({ arrayBuffer }, { styleMap: STYLES }).catch(() => {
    throw new Error('文件无法读取，请确认是 .docx 格式的 Word 文件');
  });
  const { value, messages } = await read;
  return { ...tidied(value), notes: notesOf(messages.map(({ message }) => message)) };
}
