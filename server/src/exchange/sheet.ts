/** A sheet that is brought in: headings found, cells as text, what is wrong with them told by row and column. */
import type { ImportReport } from '@rexian/contracts';
import { InvalidInputError, InvalidSpreadsheetError, readSheet, SheetNotFoundError } from 'read-excel-file/universal';
import type { z } from 'zod';
import { refusal } from '../platform/errors.ts';
import { checkWorkbook } from './archive.ts';

export interface Column {
  title: string;
  /** In characters. */
  width: number;
  example: string;
}

/** What a template shows and an import passes over: rows whose first column begins with this. */
export const EXAMPLE = '示例';
const MOST_ROWS = 5_000;
const MOST_FAULTS = 1_000;

type Fault = ImportReport['errors'][number];

/** One row with the text of its cells; `number` as Excel counts. */
export class SheetRow {
  readonly number: number;
  readonly #cells: ReadonlyMap<string, string>;
  readonly #faults: Faults;

  constructor(number: number, cells: ReadonlyMap<string, string>, faults: Faults) {
    this.number = number;
    this.#cells = cells;
    this.#faults = faults;
  }

  has(column: string): boolean {
    return this.#cells.has(column);
  }

  text(column: string): string {
    return this.#cells.get(column) ?? '';
  }

  /** The cell as the contract wants it; undefined when it isn't, which is then told. */
  read<T>(column: string, schema: z.ZodType<T>): T | undefined {
    const parsed = schema.safeParse(this.text(column));
    if (parsed.success) return parsed.data;
    const issue = parsed.error.issues[0];
    const tooLong = issue?.code === 'too_big' ? `最多 ${issue.maximum} 个字符` : null;
    this.wrong(
      column,
      tooLong ?? (/[\u4e00-\u9fff]/.test(issue?.message ?? '') ? issue?.message : null) ?? '格式不正确',
    );
    return undefined;
  }

  /** The key whose label the cell names; `blank` for an empty cell. */
  choose<K extends string>(column: string, labels: Record<K, string>, blank?: K): K | undefined {
    const text = this.text(column);
    if (text === '' && blank !== undefined) return blank;
    const found = (Object.keys(labels) as K[]).find((key) => labels[key] === text);
    if (found === undefined) this.wrong(column, `请填写：${Object.values(labels).join('、')}`);
    return found;
  }

  /** `column` null: the whole row. */
  wrong(column: string | null, message: string): void {
    this.#faults.add({ row: this.number, column, message });
  }
}

export class Faults {
  readonly #list: Fault[] = [];
  #more = 0;

  add(fault: Fault): void {
    if (this.#list.length < MOST_FAULTS) this.#list.push(fault);
    else this.#more += 1;
  }

  get any(): boolean {
    return this.#list.length > 0;
  }

  /** In the order of the sheet. */
  get list(): Fault[] {
    const sorted = this.#list.toSorted((a, b) => a.row - b.row);
    const last = sorted.at(-1);
    if (this.#more === 0 || !last) return sorted;
    return [...sorted, { row: last.row, column: null, message: `另有 ${this.#more} 处问题未列出，请先改好以上各处` }];
  }
}

/** The rows of the first sheet below its headings, without empty ones and examples. Throws BAD_FILE for what isn't a workbook. */
export async function readRows(file: Blob, columns: readonly Column[], faults: Faults): Promise<SheetRow[]> {
  const bytes = await file.arrayBuffer();
  checkWorkbook(Buffer.from(bytes));
  const [headings = [], ...body] = await textOf(bytes);
  const missing = columns.filter(({ title }) => !headings.includes(title));
  for (const { title } of missing) faults.add({ row: 1, column: title, message: '缺少这一列，请使用模板的标题行' });
  for (const { title } of columns)
    if (headings.indexOf(title) !== headings.lastIndexOf(title))
      faults.add({ row: 1, column: title, message: '这一列出现了不止一次' });
  if (faults.any) return [];
  const first = headings.indexOf(columns[0]?.title ?? '');
  const rows = body.flatMap((cells, index) =>
    cells.every((cell) => cell === '') || cells[first]?.startsWith(EXAMPLE)
      ? []
      : [new SheetRow(index + 2, new Map(headings.map((title, at) => [title, cells[at] ?? ''])), faults)],
  );
  if (rows.length > MOST_ROWS) throw refusal('BAD_FILE', `一次最多导入 ${MOST_ROWS} 行，请分成几个文件`);
  return rows;
}

/** What nobody types and PostgreSQL can't all hold; line breaks stay. */
const UNTYPED = /[^\P{Cc}\n]/gu;

/** Numbers stay as they were written: they are names of things here. */
async function textOf(bytes: ArrayBuffer): Promise<string[][]> {
  try {
    const rows = await readSheet(bytes, 1, { parseNumber: (text) => text });
    return rows.map((row) => row.map((cell) => textOfCell(cell)));
  } catch (error) {
    if (
      error instanceof InvalidInputError ||
      error instanceof InvalidSpreadsheetError ||
      error instanceof SheetNotFoundError
    )
      throw refusal('BAD_FILE', '无法读取工作表，请使用模板，检查有无错误值（如 #N/A）后重试');
    // The reader's own complaints about XML that isn't a sheet have no kind.
    throw refusal('BAD_FILE');
  }
}

/** As it stands in the cell: a day, with the time when there is one. */
const textOfTime = (iso: string): string =>
  iso.slice(11, 16) === '00:00' ? iso.slice(0, 10) : iso.slice(0, 16).replace('T', ' ');

function textOfCell(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? '' : textOfTime(cell.toISOString());
  return String(cell).toWellFormed().replace(UNTYPED, '').normalize('NFC').trim();
}
