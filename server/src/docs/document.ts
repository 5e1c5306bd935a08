/** The OpenAPI document of what partners may call, made from the contract. */
import { type OpenAPI, OpenAPIGenerator } from '@orpc/openapi';
import { traverseContractProcedures } from '@orpc/server';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import {
  ATTACHMENTS_12345_PATH,
  contract,
  EXCHANGE_FILES_PATH,
  errorCodes,
  type Permission,
  PUBLIC_FILES_PATH,
  permission,
  RECORDINGS_REST_PATH,
  REST_PATH,
} from '@rexian/contracts';
import { WRONG_KEY } from '../keys/gate.ts';
import { isPublicRest, keyPermissions } from '../partner-routes.ts';
import { CLOCK_SECONDS, SIGNATURE_HEADER, TIME_HEADER } from '../partners/signature.ts';

const tags: Record<string, string> = {
  contacts: '通话记录',
  customers: '来电人',
  lostCalls: '呼损回拨',
  messages: '留言工单',
  orders: '工单',
  exports: '导出任务',
  orderExchange: '工单协同',
  platform12345: '12345 工单交换',
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
  workflows: '工单流程',
  categories: '业务类别',
  taxpayers: '一户式查询',
  orderForms: '登记表单',
  knowledge: '知识库',
  answers: '问答库',
  public: '公开知识',
  files: '附件',
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
    expected: { type: 'integer', description: '应重发的第一条消息的序号（code 为 OUT_OF_ORDER 时）' },
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
const commonOpen: ErrorCode[] = ['BAD_REQUEST', 'TOO_MANY_REQUESTS'];

interface PartnerRoute {
  /** None: for anybody. */
  permissions: Permission[];
  errors: ErrorCode[];
}

interface Download extends PartnerRoute {
  path: string;
  tag: string;
  summary: string;
  type: string;
}

/** Files are no routes of the contract: they are sent in byte ranges. */
const downloads: Download[] = [
  {
    ...{ path: RECORDINGS_REST_PATH.slice(REST_PATH.length), tag: 'contacts', summary: '下载录音', type: 'audio/ogg' },
    ...{ permissions: ['recordings.download'], errors: ['NOT_FOUND'] },
  },
  {
    ...{ path: PUBLIC_FILES_PATH, tag: 'public', summary: '公开知识的图片和附件', type: 'application/octet-stream' },
    ...{ permissions: [], errors: ['NOT_FOUND'] },
  },
  ...[
    { path: EXCHANGE_FILES_PATH, tag: 'orderExchange' },
    { path: ATTACHMENTS_12345_PATH, tag: 'platform12345' },
  ].map(
    ({ path, tag }): Download => ({
      ...{ path, tag, summary: '下载附件', type: 'application/octet-stream' },
      ...{ permissions: ['work_orders.exchange'], errors: ['NOT_FOUND', 'BAD_SIGNATURE'] },
    }),
  ),
];
const downloadOperation = ({ summary, tag, type }: Download): OpenAPI.OperationObject => ({
  ...{ summary, tags: [tag] },
  parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }],
  responses: { 200: { description: '', content: { [type]: { schema: { type: 'string', format: 'binary' } } } } },
});

/** Routes that a key may call, by their path in the contract. */
function partnerRoutes(): Map<string, PartnerRoute> {
  const found = new Map<string, PartnerRoute>();
  traverseContractProcedures({ router: contract, path: [] }, ({ contract: route, path }) => {
    const { meta, errorMap } = route['~orpc'];
    const permissions = keyPermissions(meta);
    const errors = Object.keys(errorMap) as ErrorCode[];
    if (permissions) found.set(path.join('.'), { permissions, errors });
    else if (isPublicRest(route['~orpc'])) found.set(path.join('.'), { permissions: [], errors });
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
  for (const operation of operationsOf(document)) {
    const route = routes.get(operation.operationId ?? '');
    if (!route) throw new Error(`no route ${operation.operationId} in the contract`);
    describe(operation, route);
  }
  const more = downloads.map((download) => {
    const get = downloadOperation(download);
    describe(get, download);
    return [`${download.path}/{id}`, { get }];
  });
  document.paths = Object.assign(document.paths ?? {}, Object.fromEntries(more));
  const used = new Set(operationsOf(document).flatMap((operation) => operation.tags ?? []));
  document.tags = Object.entries(tags)
    .filter(([, name]) => used.has(name))
    .map(([tag, name]) => ({ name, ...(tagHelp[tag] ? { description: tagHelp[tag] } : {}) }));
  return document;
}

const SIGNED = ['orderExchange', 'platform12345'];
const signing: OpenAPI.ParameterObject[] = [
  {
    ...{ name: TIME_HEADER, in: 'header', required: true },
    description: `当前时间，自 1970 年起的秒数；与本平台时间相差不得超过 ${CLOCK_SECONDS / 60} 分钟`,
    schema: { type: 'string' },
    example: '1793530800',
  },
  {
    ...{ name: SIGNATURE_HEADER, in: 'header', required: true },
    description:
      '以签名密钥对“请求方法、路径（/api/v1 之后的部分）、时间戳、请求体 SHA-256 的十六进制”四行（以换行符相连）作 HMAC-SHA256，取十六进制；没有请求体时按空内容计算',
    schema: { type: 'string', pattern: '^[0-9a-f]{64}$' },
  },
];
const signedHelp = '须签名。同一消息编号重复发送只处理一次，返回相同结果。';
const downloadHelp =
  '须签名，可分段下载（Range）。只能下载本平台在消息中告知过的附件；工单撤回后不能再下载。内容应与告知的字节数和 SHA-256 一致。';
const credentials = '接口密钥与签名密钥在“协同平台”页生成，转来的工单归该平台所属机构。';
/** What goes the other way is no route of ours. */
const tagHelp: Record<string, string> = {
  orderExchange: `两套本系统互转工单。${credentials}`,
  platform12345: `12345 平台调用下列接口。${credentials}

本平台对 12345 平台的调用采用相同的路径、字段和签名方式，密钥由对方提供，路径接在对方接口地址之后：上报 \`POST /platform-12345/orders\`；\`POST /platform-12345/orders/{orderNo}/\` 之下 \`sign\` 签收、\`feedback\` 办理结果、\`return\` 退回、\`extension-request\` 延期申请、\`attachments\` 补充附件，对上报的工单另有 \`urge\` 催办、\`withdraw\` 撤单、\`redo\` 二次办理；\`GET /platform-12345/attachments/{attachmentId}\` 下载附件。`,
};

function operationsOf(document: OpenAPI.Document): OpenAPI.OperationObject[] {
  const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;
  return Object.values(document.paths ?? {}).flatMap((path) => methods.flatMap((method) => path?.[method] ?? []));
}

/** Puts into words what the generator can't know. */
function describe(operation: OpenAPI.OperationObject, { permissions, errors }: PartnerRoute): void {
  operation.tags ??= [];
  const isSigned = SIGNED.includes(operation.tags[0] ?? '');
  if (isSigned) operation.parameters = [...(operation.parameters ?? []), ...signing];
  operation.tags = operation.tags.map((tag) => tags[tag] ?? tag);
  const help = isSigned ? `${operation.requestBody ? signedHelp : downloadHelp}\n\n` : '';
  const open = permissions.length === 0;
  operation.description = open
    ? '无需密钥。只能读到共享范围为公开、当前有效的知识；按来源地址限制每分钟请求数。'
    : `${help}需要权限：${permissions.map((each) => permission.labels[each]).join(' 或 ')}`;
  if (open) operation.security = [];
  for (const parameter of operation.parameters ?? []) if ('in' in parameter) plainParameter(parameter);
  const success = operation.responses?.['200'];
  if (success && 'description' in success) success.description = '成功';
  operation.responses = {
    ...(success ? { 200: success } : {}),
    ...errorResponses([...(open ? commonOpen : common), ...errors]),
  };
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
