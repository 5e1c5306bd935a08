/** 公开知识 over REST without a key: exactly what is shared with the public, of what holds today, in libraries for everybody. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PUBLIC_FILES_PATH, REST_PATH } from '@rexian/contracts';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { newId } from '../platform/ids.ts';
import { PUBLIC_SCOPE } from '../platform/store.ts';
import { type ApiServer, startApiServer } from '../testing/api-server.ts';
import { type TestDatabase, testDatabase, testVault } from '../testing/database.ts';
import { type Made, makeArticles, SUBJECTS } from '../testing/readable-articles.ts';
import { seedWorld, type World } from '../testing/world.ts';
import { seedKnowledge } from '../testing/world-knowledge.ts';

vi.setConfig({ testTimeout: 120_000 });

let database: TestDatabase;
let server: ApiServer;
let world: World;
let made: Made[];
let open: Set<string>;
let stored: string;
let answers: { open: string; shut: string };
beforeAll(async () => {
  database = await testDatabase();
  world = await seedWorld(database.db, testVault);
  await seedKnowledge(database.db, world);
  made = await makeArticles(database.db, world);
  open = new Set(made.filter(isOpen).map(({ id }) => id));
  answers = { open: await makeAnswer('public'), shut: await makeAnswer('all') };
  stored = await mkdtemp(join(tmpdir(), 'public-'));
  server = await startApiServer(database, { STORAGE_DIR: stored });
  await vi.waitFor(async () => expect((await get('/search?text=发票')).status).toBe(200), {
    ...{ timeout: 60_000, interval: 500 },
  });
}, 120_000);
afterAll(async () => {
  await server?.close();
  await rm(stored, { recursive: true, force: true });
  await database?.close();
});

const isOpen = ({ sharing, state, holds, usable, library, roles }: Made): boolean =>
  sharing === 'public' &&
  (state === 'published' || state === 'revising') &&
  [holds, usable, library.enabled, library.roles.length === 0, roles.length === 0].every(Boolean);

async function makeAnswer(sharing: 'public' | 'all'): Promise<string> {
  const id = newId();
  const place = made.find(isOpen);
  if (!place) throw new Error('nothing is public');
  const { library, unit } = place;
  const category = library.categories.find(({ usable }) => usable)?.id ?? '';
  await database.db
    .insertInto('answers')
    .values({
      ...{
        id,
        unit_id: unit.id,
        library_id: library.id,
        category_id: category,
        question: '发票丢了怎么办',
        phrasings: [],
      },
      ...{
        turn: JSON.stringify({ answer: '登报' }),
        answer_text: '登报',
        article_id: null,
        tags: [],
        sharing,
        version: 1,
      },
    })
    .execute();
  return id;
}

interface Body {
  total: number;
  hits: { id: string }[];
}

async function get(path: string) {
  const response = await fetch(`${server.url}${REST_PATH}/public/knowledge${path}`);
  return { status: response.status, headers: response.headers, body: (await response.json()) as Body };
}

it('finds and shows what is public, and nothing else', async () => {
  let permissionLeaks = 0;
  for (const subject of SUBJECTS) {
    const expected = new Set(made.filter((each) => open.has(each.id) && each.subject === subject).map(({ id }) => id));
    const ids: string[] = [];
    for (let offset = 0; ; offset += 20) {
      const { body } = await get(`/search?text=${subject}&limit=20&offset=${offset}`);
      expect(body.total).toBe(expected.size);
      ids.push(...body.hits.map(({ id }) => id));
      if (body.hits.length < 20) break;
    }
    permissionLeaks += ids.filter((id) => !expected.has(id)).length;
    expect(new Set(ids)).toEqual(expected);
  }
  for (const { id } of made.filter((_, i) => i % 23 === 0)) {
    const { status } = await get(`/articles/${id}`);
    if (status === 200 && !open.has(id)) permissionLeaks += 1;
    expect(status).toBe(open.has(id) ? 200 : 404);
    expect((await get(`/suggestions?text=${id}`)).body).toHaveLength(open.has(id) ? 1 : 0);
  }
  expect(permissionLeaks).toBe(0);
});

it('shows an article with its text and an answer with its turns', async () => {
  const [id = ''] = open;
  const article = await get(`/articles/${id}`);
  expect(article.body).toMatchObject({ id, title: id, body: { type: 'doc' }, text: '' });
  expect(Object.keys(article.body)).not.toContain('unitId');
  expect((await get(`/answers/${answers.open}`)).body).toMatchObject({
    question: '发票丢了怎么办',
    turn: { answer: '登报' },
  });
  expect((await get(`/answers/${answers.shut}`)).status).toBe(404);
  const { body } = await get('/search?text=发票丢失');
  expect(body.hits.map((hit) => hit.id)).toEqual([answers.open]);
});

async function makeFile(articleId: string, name: string, mediaType: string): Promise<string> {
  const id = newId();
  const person = await database.db.selectFrom('people').select(['id', 'unit_id']).limit(1).executeTakeFirstOrThrow();
  const values = { id, name, media_type: mediaType, bytes: name.length, storage_key: `files/${id}` };
  await database.db
    .insertInto('files')
    .values({
      ...{ ...values, unit_id: person.unit_id, uploaded_by: person.id, article_id: articleId, order_id: null },
      ...{ partner_id: null, removed_at: null, sha256: Buffer.alloc(32) },
    })
    .execute();
  await mkdir(join(stored, 'files'), { recursive: true });
  await writeFile(join(stored, 'files', id), name);
  return id;
}

it('gives pictures and attachments of what is public, and leads to nothing else', async () => {
  const [id = '', another = ''] = open;
  const shut = made.find((each) => !open.has(each.id))?.id ?? '';
  const of = async (articleId: string) => {
    const picture = await makeFile(articleId, 'a.png', 'image/png');
    const form = await makeFile(articleId, '申请表.pdf', 'application/pdf');
    // Of a version that is no longer read.
    const old = await makeFile(articleId, 'old.png', 'image/png');
    const link = (to: string) => ({
      type: 'text',
      text: to,
      marks: [{ type: 'bold' }, { type: 'link', attrs: { articleId: to } }],
    });
    const body = {
      type: 'doc',
      content: [
        { type: 'image', attrs: { fileId: picture, alt: '' } },
        { type: 'blockquote', content: [{ type: 'paragraph', content: [link(another), link(shut)] }] },
      ],
    };
    const changed = { body: JSON.stringify(body), image_ids: [picture], file_ids: [form], link_ids: [another, shut] };
    await database.db.updateTable('knowledge_articles').set(changed).where('id', '=', articleId).execute();
    return { picture, form, old };
  };
  const ours = await of(id);
  const article = (await get(`/articles/${id}`)).body as unknown as { body: unknown; files: unknown };
  expect(article.files).toEqual([{ id: ours.form, name: '申请表.pdf', mediaType: 'application/pdf', bytes: 7 }]);
  expect(JSON.stringify(article.body)).toContain(`"articleId":"${another}"`);
  expect(JSON.stringify(article.body)).not.toContain(`"articleId":"${shut}"`);
  expect(JSON.stringify(article.body)).toContain(shut);
  const theirs = await of(shut);
  const fetched = (file: string) => fetch(`${server.url}${REST_PATH}${PUBLIC_FILES_PATH}/${file}`);
  const picture = await fetched(ours.picture);
  expect([picture.status, picture.headers.get('content-type'), await picture.text()]).toEqual([
    200,
    'image/png',
    'a.png',
  ]);
  expect(picture.headers.get('access-control-allow-origin')).toBe('*');
  expect(picture.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  expect(await (await fetched(ours.form)).text()).toBe('申请表.pdf');
  for (const file of [ours.old, theirs.picture, theirs.form, newId(), 'none'])
    expect((await fetched(file)).status, file).toBe(404);
});

it('is for pages of any origin, and refuses what is not asked rightly', async () => {
  const { headers } = await get('/search?text=发票');
  expect(headers.get('access-control-allow-origin')).toBe('*');
  expect(headers.get('set-cookie')).toBeNull();
  expect(Number(headers.get('x-ratelimit-limit'))).toBeGreaterThan(0);
  expect((await get('/search')).status).toBe(400);
  expect((await get('/elsewhere')).status).toBe(404);
  const other = await fetch(`${server.url}${REST_PATH}/knowledge`);
  expect(other.status).toBe(401);
});

it("sees no row of anything else in the public's scope", async () => {
  const db = database.store.scoped(PUBLIC_SCOPE);
  for (const table of ['people', 'units', 'contacts', 'work_orders', 'knowledge_drafts', 'knowledge_versions'] as const)
    expect(await db.selectFrom(table).selectAll().execute(), table).toEqual([]);
  for (const table of ['knowledge_feedback', 'answer_versions', 'answer_proposals', 'thesaurus_terms'] as const)
    expect(await db.selectFrom(table).selectAll().execute(), table).toEqual([]);
  for (const table of ['knowledge_missing', 'knowledge_item_days', 'knowledge_person_days', 'audit_log'] as const)
    expect(await db.selectFrom(table).selectAll().execute(), table).toEqual([]);
});
