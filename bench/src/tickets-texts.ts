/**
 * What callers of a tax and social-insurance hotline ask, made up from a seed: words as uneven as in life (Zipf), names and firms that hardly
 * ever come twice, the season's own business.
 */
import type { Random } from '@rexian/simulate';

const SUBJECTS =
  `发票 社保费 个人所得税 增值税专用发票 税务登记 城乡居民养老保险 电子税务局 灵活就业人员 增值税 专项附加扣除 纳税申报 企业所得税 医疗保险 数电票
  社保缴费证明 契税 退税 完税证明 出口退税 房产税 滞纳金 城镇职工基本养老保险 车辆购置税 一般纳税人 小规模纳税人 印花税 失业保险 工伤保险 生育津贴 税收优惠
  土地增值税 代开发票 发票红冲 发票额度 税控设备 跨区域涉税事项 注销税务登记 非正常户 纳税信用等级 残疾人就业保障金 工会经费 文化事业建设费 水利建设基金
  资源税 环境保护税 烟叶税 耕地占用税 城镇土地使用税 留抵退税 加计抵减 研发费用加计扣除 股权转让 二手房交易 住房租金 子女教育 赡养老人 继续教育 大病医疗
  年金 劳务报酬 稿酬 经营所得 财产租赁 代扣代缴 委托代征 定期定额 核定征收 税务行政处罚 税务稽查 行政复议 社保断缴补缴 社保关系转移 缴费基数 缴费年限
  参保登记 减员 增员 单位欠费 跨省就医 异地就医备案 社保卡 医保电子凭证 门诊统筹 退休审核 养老金领取 一次性补缴 特困人员 低保对象 被征地农民`.split(
    /\s+/,
  );
const PROBLEMS =
  `无法办理 提示系统异常 一直显示审核中 被退回 金额与实际不符 长时间未到账 不知道怎么操作 登录不上 验证码收不到 重复扣款 信息被冒用 拒绝开具
  要求额外收费 工作人员态度差 排队时间过长 电话无人接听 资料反复提交 提示身份信息不一致 未及时申报 被锁定 查询不到记录 政策解释不一致 逾期未处理 扣费失败 打印模糊`.split(
    /\s+/,
  );
const WISHES =
  `尽快核实处理 告知具体办理流程 退还多缴的费用 给予书面答复 对相关人员进行调查 协助解除锁定 说明政策依据 安排专人联系 更正登记信息 依法查处 减免滞纳金
  提供咨询电话 延长办理时间 简化办理手续 公开处理结果 上门核查 加快审核进度 恢复正常状态`.split(/\s+/);
const ACTS =
  `经核实 经与纳税人联系 经查询系统 根据来电人提供的信息 我局高度重视 经实地走访 经调取资料 经会同相关部门研究`.split(
    /\s+/,
  );
const ANSWERS =
  `已告知其办理流程并得到理解 已协助其完成操作 相关款项已退还至原账户 已责令该单位限期改正 反映情况不属实 已将有关规定向来电人作出解释 该事项正在按程序办理中
  已对工作人员进行批评教育 系统故障现已修复 资料审核通过 来电人表示满意 多次联系未能接通 已转交主管部门跟进 已安排专人负责后续工作 该诉求不符合受理条件`.split(
    /\s+/,
  );
const PLACES = `南宁 柳州 桂林 梧州 北海 防城港 钦州 贵港 玉林 百色 贺州 河池 来宾 崇左`.split(/\s+/);
const SEASONAL = ['个人所得税综合所得年度汇算清缴', '汇算清缴补税', '综合所得汇算退税'];
/** Of the months in which nothing else is asked: March to June. */
const SEASON = [2, 3, 4, 5];
const SURNAMES = [...'李王张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗韦覃莫蒙农陆廖谢邓梁唐苏蒋卢潘'];
const GIVEN = [
  ...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英华玉梅鹏辉鑫宇浩晨欣怡梓涵诗雨泽轩博文思远嘉琪俊豪佳慧雅婷志国建春海波晓燕红云龙飞凤莲琴',
];
const FIRM = [
  ...'鑫盛隆达通源泰丰恒瑞祥和兴旺宏昌顺益佳美康乐信诚联创新科技贸易工程建材物流餐饮服装医药教育农业林木矿产能源环保文化传媒广告装饰物业劳务机械电子网络',
];
const TAILS = ['有限公司', '有限责任公司', '商贸行', '经营部', '个体工商户', '合作社'];

/** Weights 1/(rank + 2), as sums: words are picked by halving. */
const zipf = <T>(items: readonly T[]): ((random: Random) => T) => {
  const sums: number[] = [];
  for (const rank of items.keys()) sums.push((sums.at(-1) ?? 0) + 1 / (rank + 2));
  const total = sums.at(-1) ?? 0;
  return (random) => {
    const luck = random.next() * total;
    let [low, high] = [0, sums.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] ?? 0) > luck) high = middle;
      else low = middle + 1;
    }
    return items[low] as T;
  };
};
const subject = zipf(SUBJECTS);
const problem = zipf(PROBLEMS);
const wish = zipf(WISHES);
const act = zipf(ACTS);
const answered = zipf(ANSWERS);

export interface TicketText {
  title: string;
  content: string;
  answer: string;
}

/** Some 250 characters in all. `month` from 0. */
export function ticketText(random: Random, month: number): TicketText {
  const place = random.pick(PLACES);
  const about = SEASON.includes(month) && random.chance(0.25) ? random.pick(SEASONAL) : subject(random);
  const wrong = problem(random);
  const who = random.chance(0.5) ? firm(random, place) : `${person(random)}（电话${phone(random)}）`;
  const sum = random.chance(0.4) ? `，涉及金额${random.between(10, 99_999)}元` : '';
  const more = random.chance(0.6) ? `另外，其${subject(random)}也${problem(random)}，希望一并${wish(random)}。` : '';
  const street = `${place}市${random.pick(FIRM)}${random.pick(GIVEN)}路${random.between(1, 300)}号`;
  const content =
    `来电人反映，${who}位于${street}，${random.between(1, 12)}月${random.between(1, 28)}日在办理${about}业务时${wrong}${sum}。` +
    `多次联系主管税务所，对方答复${answered(random)}，来电人对此不认可，现要求${wish(random)}，并${wish(random)}。${more}请相关部门核实处理。`;
  const answer = `${act(random)}，${who}关于${about}${wrong}的问题，${answered(random)}。${act(random)}，${answered(random)}，${answered(random)}。经办人：${person(random)}。`;
  return { title: `关于${place}${about}${wrong}的诉求`, content, answer };
}

const person = (random: Random) =>
  random.pick(SURNAMES) + random.pick(GIVEN) + (random.chance(0.7) ? random.pick(GIVEN) : '');
const firm = (random: Random, place: string) =>
  `${place}${random.pick(FIRM)}${random.pick(FIRM)}${random.pick(FIRM)}${random.chance(0.5) ? random.pick(FIRM) : ''}${random.pick(TAILS)}`;
const phone = (random: Random) => `1${random.between(3_000_000_000, 9_999_999_999)}`;
