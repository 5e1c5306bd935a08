/**
 * 12345 工单交换: the shape that provincial exchanges have (DB11/T 2021—2022 and its like name the fields). A 12345 platform calls these
 * routes; ours calls the same paths there for what we report of its orders (`server/src/partners/adapters/platform-12345.ts`).
 */
import { z } from 'zod';
import { errorCodes, id, instant, phoneNumber, requiredText, text } from './common.ts';
import { inboundErrors, SHARED_FILES_MAX, sharedFile } from './order-exchange.ts';
import { ORDER_TEXT_MAX } from './orders.ts';
import { route } from './route.ts';
import { visitResult } from './states/orders.ts';

/** 诉求类型 as these exchanges tell them apart. */
export const appealType = z.enum(['咨询', '求助', '投诉', '举报', '建议', '表扬', '其他']);
export type AppealType = z.infer<typeof appealType>;
export const appealUrgency = z.enum(['一般', '紧急', '特急']);

const described = <T extends z.ZodType>(schema: T, description: string, example: unknown) =>
  schema.meta({ description, examples: [example] });

const messageId = described(id, '消息编号：同一编号重复发送只处理一次', '01939f5e-7b1c-7c2e-9a55-2f6f0f6f1c11');
const orderNo = described(requiredText(60, '请填写工单编号'), '工单编号', '12345-GX-20261101-000123');

/** 附件: fetched from `ATTACHMENTS_12345_PATH`/{attachmentId} of whoever tells of it. */
export const attachment12345 = z.object({
  attachmentId: described(z.string().trim().min(1).max(60), '附件编号', 'FJ-20261101-0001'),
  fileName: described(requiredText(255, '请填写文件名'), '文件名', '现场照片.jpg'),
  fileType: described(text(100).default(''), '媒体类型', 'image/jpeg'),
  fileSize: described(sharedFile.shape.bytes, '字节数', 204_800),
  sha256: described(sharedFile.shape.sha256, '文件内容的 SHA-256，十六进制', 'a'.repeat(64)),
});
export type Attachment12345 = z.infer<typeof attachment12345>;
/** Below the root of either side's interface. */
export const ATTACHMENTS_12345_PATH = '/platform-12345/attachments';
const listed = z.array(attachment12345).max(SHARED_FILES_MAX);
const attachments = described(listed.default([]), '附件；内容由接收方到“下载附件”接口获取', []);

/** 派单. */
export const order12345 = z.object({
  messageId,
  orderNo,
  callTime: described(instant, '来电时间', '2026-11-01T09:12:00+08:00'),
  callerName: described(text(40).default(''), '来电人；匿名时留空', '韦女士'),
  callerPhone: described(phoneNumber.nullable().default(null), '联系电话；匿名时为 null', '13800001234'),
  anonymous: described(z.boolean().default(false), '是否匿名', false),
  appealType: described(appealType, '诉求类型', '咨询'),
  appealTitle: described(text(100).default(''), '诉求标题', '咨询留抵退税办理进度'),
  appealContent: described(requiredText(ORDER_TEXT_MAX, '请填写诉求内容'), '诉求内容', '已提交申请两周，请告知进度'),
  appealArea: described(text(40).default(''), '诉求地点', '南宁市青秀区'),
  urgency: described(appealUrgency.default('一般'), '紧急程度', '一般'),
  deadline: described(instant.nullable().default(null), '办理时限', '2026-11-08T18:00:00+08:00'),
  handleUnit: described(text(100).default(''), '承办单位', '广西税务局'),
  attachments,
});
export type Order12345 = z.infer<typeof order12345>;

const opinion = described(requiredText(ORDER_TEXT_MAX, '请填写说明'), '说明', '来电人再次来电，请尽快办理');
const reason = described(requiredText(ORDER_TEXT_MAX, '请填写原因'), '原因', '来电人表示不满意');
const about = z.object({ messageId, orderNo });

const { NOT_FOUND } = errorCodes;
const inbound = (path: `/platform-12345/${string}`, summary: string) =>
  route(['work_orders.exchange'], { method: 'POST', path, summary, tag: 'platform12345', trace: 'none' }).errors({
    ...inboundErrors,
    NOT_FOUND,
  });
const taken = z.object({
  /** 本平台工单编号. */
  receiverOrderNo: z.string(),
});

export const platform12345 = {
  ping: inbound('/platform-12345/ping', '测试连接')
    .input(z.object({}))
    .output(z.object({ unit: z.string() })),
  receive: inbound('/platform-12345/orders', '派单').input(order12345).output(taken),
  urge: inbound('/platform-12345/orders/{orderNo}/urge', '催办').input(about.extend({ opinion })).output(taken),
  withdraw: inbound('/platform-12345/orders/{orderNo}/withdraw', '撤单').input(about.extend({ reason })).output(taken),
  redo: inbound('/platform-12345/orders/{orderNo}/redo', '二次办理')
    .input(about.extend({ reason, deadline: instant.nullable().default(null), attachments }))
    .output(taken),
  /** What became of our 延期申请. */
  extension: inbound('/platform-12345/orders/{orderNo}/extension', '延期审批结果')
    .input(
      about.extend({
        approved: described(z.boolean(), '是否同意延期', true),
        deadline: described(instant.nullable().default(null), '同意后的办理时限', '2026-11-15T18:00:00+08:00'),
        opinion: described(text(500).default(''), '审批意见', '同意'),
      }),
    )
    .output(taken),
  satisfaction: inbound('/platform-12345/orders/{orderNo}/satisfaction', '满意度评价')
    .input(
      about.extend({
        satisfaction: described(visitResult.schema, '满意度', 'satisfied'),
        opinion: described(text(500).default(''), '评价说明', '解答清楚'),
      }),
    )
    .output(taken),
  /** Of what we have reported upward (上报): how it goes there. */
  sign: inbound('/platform-12345/orders/{orderNo}/sign', '上报工单签收')
    .input(about.extend({ handleUnit: text(100).default(''), signer: text(40).default('') }))
    .output(taken),
  feedback: inbound('/platform-12345/orders/{orderNo}/feedback', '上报工单办理结果')
    .input(
      about.extend({
        handleUnit: described(text(100).default(''), '承办单位', '省市场监管局'),
        handleResult: described(requiredText(ORDER_TEXT_MAX, '请填写办理结果'), '办理结果', '已责令商户开具发票'),
        finishTime: described(instant, '办结时间', '2026-11-05T16:30:00+08:00'),
        attachments,
      }),
    )
    .output(taken),
  return: inbound('/platform-12345/orders/{orderNo}/return', '上报工单退回')
    .input(about.extend({ handleUnit: text(100).default(''), returnReason: reason }))
    .output(taken),
  /** Of orders of either side. */
  attachments: inbound('/platform-12345/orders/{orderNo}/attachments', '补充附件')
    .input(about.extend({ attachments: listed.min(1, '请给出附件') }))
    .output(taken),
};
