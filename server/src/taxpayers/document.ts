/** The OpenAPI document for whoever builds a system that we ask about taxpayers, made from what we accept (wire.ts). */
import { z } from 'zod';
import { wireAnswer, wireQuestion } from './wire.ts';

const description = `由税务业务系统提供、供热线平台调用的接口。地址、密钥和时限在平台“一户式查询”页按中心设置。

- 平台以 POST 发送 JSON，内容为来电号码或社会信用代码之一；密钥放在请求头 \`Authorization: Bearer …\`。
- 没有查到时返回空的 \`taxpayers\`，或 404、204。不跟随重定向。
- 须在设定的时限内（0.5 到 10 秒，默认 3 秒）应答，内容不超过 64 KB。超时、其他状态码、不符合下列结构的内容都按查询失败处理，不影响来电登记。
- 连续失败 3 次后平台暂停查询 30 秒。查到与没有查到的结果按设定的分钟数缓存。
- 未列出的字段被忽略；可选字段可以缺省或为 null。`;

function schemaOf(schema: z.ZodType) {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input' });
  return rest;
}

export const taxpayerServiceDocument = () => ({
  openapi: '3.1.1',
  info: { title: '一户式查询接口', version: '1', description },
  security: [{ key: [] }],
  paths: {
    '/': {
      post: {
        summary: '按来电号码或社会信用代码查询纳税人',
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: schemaOf(wireQuestion),
              examples: {
                number: { value: { number: '13800000000' } },
                creditCode: { value: { creditCode: '91450103MA5KEXMP12' } },
              },
            },
          },
        },
        responses: {
          200: { description: '查到的纳税人', content: { 'application/json': { schema: schemaOf(wireAnswer) } } },
          404: { description: '没有查到' },
        },
      },
    },
  },
  components: { securitySchemes: { key: { type: 'http', scheme: 'bearer', description: '在平台设置的密钥' } } },
});
