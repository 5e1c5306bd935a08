/** What 南宁 says otherwise than the province, and what it proposes to the province: demo content that states no figures of its own. */

interface LocalAnswer {
  /** The demo pair of the province in whose place it stands. */
  replaces: string;
  question: string;
  phrasings: string[];
  answer: string;
}

export const NANNING_ANSWERS: readonly LocalAnswer[] = [
  {
    replaces: 'c-q-hall-appointment-hours',
    question: '南宁市办税服务厅几点上班？',
    phrasings: ['南宁税务局上班时间', '南宁办税大厅周末开门吗', '南宁大厅中午办业务吗'],
    answer:
      '进驻政务服务中心的办税服务厅与中心作息一致，其他办税服务厅以厅门公示为准；节假日和征期延时安排请看南宁税务公众号，也可以现在告诉我您要去的大厅，由我查询。',
  },
  {
    replaces: 'c-q-hall-appointment-how',
    question: '怎么预约南宁市的办税服务厅？',
    phrasings: ['南宁税务大厅怎么约号', '南宁办税预约入口', '在南宁办税要提前预约吗'],
    answer:
      '请在电子税务局或者广西税务公众号的预约办税中选择南宁市，再选大厅、业务和时段，到厅后扫码或刷身份证取号；老年人等可以直接到现场，由导税人员协助取号。',
  },
  {
    replaces: 'c-q-hall-self-service-what',
    question: '南宁市的自助办税机可以办什么？',
    phrasings: ['南宁自助办税终端在哪里', '南宁自助机能打完税证明吗'],
    answer:
      '可以打印证明、查询、申报缴税等，请带好身份证件；各自助点的位置、可办业务和开放时段以南宁税务公众号公布的办税地图为准。',
  },
];

/** Waits for a word of the province's reviewers. */
export const NANNING_PROPOSAL = {
  library: '办税大厅',
  category: '大厅服务',
  question: '带着孩子或者行动不便，去大厅办税有没有照顾？',
  phrasings: ['坐轮椅去税务局办事方便吗', '孕妇去大厅要排队吗', '办税服务厅有没有绿色通道'],
  answer:
    '有。多数办税服务厅为老年人、孕妇、残疾人等设有绿色通道或者导税帮办，到厅后告诉导税人员即可；也可以先联系当地税务机关，能网上办的由工作人员辅导您在线办理。',
  note: '近期多位来电人问到，建议全区统一口径',
};
