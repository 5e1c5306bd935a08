import { excelFile } from '../platform/excel.ts';
import { type Column, EXAMPLE } from './sheet.ts';

/** A workbook in the columns of an import. */
export const bookOf = (name: string, sheet: string, columns: readonly Column[], rows: string[][]): Promise<File> =>
  excelFile(
    `${name}.xlsx`,
    sheet,
    columns.map(({ title, width }, at) => ({ title, width, value: (row: string[]) => row[at] ?? '' })),
    rows,
  );

/** Headings with an example, which an import passes over. */
export function templateOf(name: string, columns: readonly Column[]): Promise<File> {
  const example = columns.map((column, at) => (at === 0 ? `${EXAMPLE}：` : '') + column.example);
  return bookOf(`${name}导入模板`, name, columns, [example]);
}
