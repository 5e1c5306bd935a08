/** Excel files out. Cells are text or whole numbers: a formula never comes out of data (CSV injection has no way in). */
import writeXlsxFile, { type Cell } from 'write-excel-file/node';

export interface ExcelColumn<Row> {
  title: string;
  /** In characters. */
  width: number;
  value(row: Row): string | number | null;
}

/** A workbook with one sheet, its heading stays in view. */
export async function excelFile<Row>(
  name: string,
  sheet: string,
  columns: readonly ExcelColumn<Row>[],
  rows: Iterable<Row>,
  /** `mark`: who took it out and when, above and below the table. */
  { mark }: { mark?: string } = {},
): Promise<File> {
  const heading: Cell[] = columns.map(({ title }) => ({ value: title, type: String, fontWeight: 'bold' }));
  const body = Array.from(rows, (row) => columns.map((column) => cell(column.value(row))));
  const marked: Cell[][] = mark ? [[{ value: mark, type: String, fontStyle: 'italic', textColor: '#888888' }]] : [];
  const options = { sheet, stickyRowsCount: marked.length + 1, columns: columns.map(({ width }) => ({ width })) };
  const bytes = await writeXlsxFile([...marked, heading, ...body, ...marked], options).toBuffer();
  return new File([new Uint8Array(bytes)], name, { type: EXCEL_TYPE });
}

export const EXCEL_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
/** What a cell holds at most. */
const LONGEST = 32_767;
/** What XML 1.0 can't hold. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what has to go
const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

function cell(value: string | number | null): Cell {
  if (value === null || value === '') return null;
  if (typeof value === 'number') return { value, type: Number };
  return { value: value.replace(UNWRITABLE, '').slice(0, LONGEST), type: String };
}

/** `2026-10-01 09:30:00`, Beijing time. */
export function excelTime(at: Date | null): string {
  return at ? new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ') : '';
}
