import type { Phrasings } from '../answers/duplicates.ts';
import { requireTarget } from '../answers/places.ts';
import type { Reader } from '../knowledge/libraries.ts';
import { viewerApi } from '../platform/api.ts';
import { writeAudits } from '../platform/audit.ts';
import { excelTime } from '../platform/excel.ts';
import type { Store } from '../platform/store.ts';
import { checkAnswerFile } from './answer-check.ts';
import { importAnswers } from './answer-import.ts';
import { answerColumns } from './answer-lines.ts';
import { answerRows, exportColumns } from './answer-rows.ts';
import { bookOf, templateOf } from './book.ts';

const NAME = '问答';

export function answerImportRoutes({ store, phrasings }: { store: Store; phrasings: Phrasings }) {
  const api = viewerApi.use(({ context: { db, caller }, next }) => {
    const reader: Reader = { db, all: store.system, caller };
    return next({ context: { reader } });
  }).answerImports;
  return {
    template: api.template.handler(() => templateOf(NAME, answerColumns)),
    export: api.export.handler(async ({ input, context: { reader, viewer, audit } }) => {
      const rows = await answerRows(reader, input);
      const subject = { kind: 'answer' as const, id: null, name: `${NAME} ${rows.length} 行` };
      const { libraryId: _l, categoryId: _c, unitId: _u, ...filter } = input;
      await audit({ action: 'exported', subject, unitId: viewer.unit.id, after: { rows: rows.length, filter } });
      return bookOf(`${NAME}${excelTime(new Date()).slice(0, 10)}`, NAME, exportColumns, rows);
    }),
    check: api.check.handler(async ({ input, context: { reader } }) => {
      await requireTarget(reader, input.unitId);
      return checkAnswerFile(reader, phrasings, input);
    }),
    confirm: api.confirm.handler(({ input, context: { db, reader, client, audit, nothingChanged } }) =>
      db.transaction().execute(async (trx) => {
        const { unit, questions, ...result } = await importAnswers({ ...reader, db: trx }, input);
        if (questions.length === 0) {
          nothingChanged();
          return result;
        }
        const { kind, id, login, name } = reader.caller.viewer;
        const by = { actor: { kind, id, login, name }, address: client.address };
        const after = { proposedTo: unit.name };
        await writeAudits(
          trx,
          questions.map((question) => ({
            ...{ ...by, action: 'submitted' as const, unitId: unit.id, after },
            subject: { kind: 'answer' as const, id: null, name: question },
          })),
        );
        const subject = { kind: 'answer' as const, id: null, name: `${NAME}导入 ${questions.length} 行` };
        await audit({ action: 'imported', subject, unitId: unit.id, after: { ...after, rows: questions.length } }, trx);
        return result;
      }),
    ),
  };
}
