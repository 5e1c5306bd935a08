/** The OpenAPI document of what partners may call, made from the contract. */
import { type OpenAPI, OpenAPIGenerator } from '@orpc/openapi';
import { traverseContractProcedures } from '@orpc/server';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import { contract, errorCodes, type Permission, permission, RECORDINGS_REST_PATH, REST_PATH } from '@rexian/contracts';
import { WRONG_KEY } from '../keys/gate.ts';
import { keyPermissions } from '../partner-routes.ts';

const tags: Record<string, string> = {
  contacts: '通话记录',
  customers: '来电人',
  lostCalls: '呼损回拨',
  workOrders: '留言工单',
  sms: '短信',
  monitor: '现场监控',
  phones: '话机与坐席设置',
  units: '机构',
  people: '人员',
  roles: '角色',
  trunks: '中继',
  numbers: '服务号码与接入码',
  lists: '黑白名单',
  calendars: '工作日历',
  flows: '流程',
  prompts: '语音库',
  queues: '技能组与路由',
  exchange: '导入导出',
};

const description = `供合作系统调用的 HTTP 接口。密钥由管理员在“接口密钥”页签发，随每个请求发送：

    Authorization: Bearer rxk_…

- 只能看到密钥所属单位及其下级的数据；各接口所需权限见其说明。号码等个人信息默认脱敏。
- 时间为 ISO 8601，带时区，例如 \`2026-10-01T09:00:00+08:00\`；时长以毫秒计。有多个值的查询参数重复书写：\`states=queued&states=talking\`。
- 列表分页：把上一页的 \`nextCursor\` 作为 \`cursor\` 传入，为 \`null\` 时没有下一页。
- 出错时状态码非 2xx，内容为 \`{"code": "…", "message": "…"}\`；\`code\` 固定不变，可供程序判断。
- 每个密钥有每分钟请求上限，见响应头 \`X-RateLimit-*\`；超过时返回 429，请按 \`Retry-After\` 等待。`;

const errorSchema: OpenAPI.SchemaObject = {
  type: 'object',
  required: ['code', 'message'],
  properties: {
    code: { type: 'string', examples: ['NOT_FOUND'] },
    message: { type: 'string', examples: ['没有找到'] },
    fields: {
      type: 'array',
      description: '哪些字段不符合要求（code 为 BAD_REQUEST 时）',
      items: { type: 'object', properties: { field: { type: 'string' }, message: { type: 'string' } } },
    },
  },
};

type ErrorCode = keyof typeof errorCodes;
/** What every route may answer, whatever it does. */
const common: ErrorCode[] = ['BAD_REQUEST', 'UNAUTHORIZED', 'FORBIDDEN', 'TOO_LARGE', 'TOO_MANY_REQUESTS'];

interface PartnerRoute {
  permissions: Permission[];
  errors: ErrorCode[];
}

/** Sound is no route of the contract: it is sent in byte ranges. */
const recordingRoute: PartnerRoute = { permissions: ['recordings.download'], errors: ['NOT_FOUND'] };
const recordingOperation: OpenAPI.OperationObject = {
  summary: '下载录音',
  tags: ['contacts'],
  parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }],
  responses: {
    200: { description: '', content: { 'audio/ogg': { schema: { type: 'string', format: 'binary' } } } },
  },
};
const recordingPath = { [`${RECORDINGS_REST_PATH.slice(REST_PATH.length)}/{id}`]: { get: recordingOperation } };

/** Routes that a key may call, by their path in the contract. */
function partnerRoutes(): Map<string, PartnerRoute> {
  const found = new Map<string, PartnerRoute>();
  traverseContractProcedures({ router: contract, path: [] }, ({ contract: route, path }) => {
    const { meta, errorMap } = route['~orpc'];
    const permissions = keyPermissions(meta);
    if (permissions) found.set(path.join('.'), { permissions, errors: Object.keys(errorMap) as ErrorCode[] });
  });
  return found;
}

export async function openApiDocument(version: string): Promise<OpenAPI.Document> {
  const routes = partnerRoutes();
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  const document = await generator.generate(contract, {
    filter: ({ path }) => routes.has(path.join('.')),
    info: { title: '热线平台开放接口', version, description },
    servers: [{ url: REST_PATH }],
    security: [{ key: [] }],
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer', description: '接口密钥 rxk_…' } },
      schemas: { Error: errorSchema },
    },
  });
  document.paths = Object.assign(document.paths ?? {}, recordingPath);
  for (const operation of operationsOf(document)) {
    const route = operation === recordingOperation ? recordingRoute : routes.get(operation.operationId ?? '');
    if (!route) throw new Error(`no route ${operation.operationId} in the contract`);
    describe(operation, route);
  }
  return document;
}

function operationsOf(document: OpenAPI.Document): OpenAPI.OperationObject[] {
  const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;
  return Object.values(document.paths ?? {}).flatMap((path) => methods.flatMap((method) => path?.[method] ?? []));
}

/** Puts into words what the generator can't know. */
function describe(operation: OpenAPI.OperationObject, { permissions, errors }: PartnerRoute): void {
  operation.tags = (operation.tags ?? []).map((tag) => tags[tag] ?? tag);
  operation.description = `需要权限：${permissions.map((each) => permission.labels[each]).join(' 或 ')}`;
  for (const parameter of operation.parameters ?? []) if ('in' in parameter) plainParameter(parameter);
  const success = operation.responses?.['200'];
  if (success && 'description' in success) success.description = '成功';
  operation.responses = { ...(success ? { 200: success } : {}), ...errorResponses([...common, ...errors]) };
}

/** Lists as everybody writes them: the name once for each value. */
function plainParameter(parameter: OpenAPI.ParameterObject): void {
  delete parameter.allowEmptyValue;
  delete parameter.allowReserved;
  if (parameter.style === 'deepObject') parameter.style = 'form';
}

function errorResponses(codes: ErrorCode[]): OpenAPI.ResponsesObject {
  const schema = { $ref: '#/components/schemas/Error' };
  const byStatus = Map.groupBy(new Set(codes), (code) => errorCodes[code].status);
  const answer = (same: ErrorCode[]): OpenAPI.ResponseObject => {
    const examples = same.map((code) => [code, { value: { code, message: wordsOf(code) } }] as const);
    return {
      description: same.map((code) => `\`${code}\` ${wordsOf(code)}`).join('；'),
      content: { 'application/json': { schema, examples: Object.fromEntries(examples) } },
    };
  };
  return Object.fromEntries([...byStatus].map(([status, same]) => [status, answer(same)]));
}

const wordsOf = (code: ErrorCode) => (code === 'UNAUTHORIZED' ? WRONG_KEY : errorCodes[code].message);
