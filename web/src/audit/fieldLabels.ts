import {
  type AuditSubject,
  agentState,
  auditSubject,
  builtInRole,
  dataScope,
  errorCodes,
  listKind,
  nextState,
  notReadyReason,
  permission,
  phoneKind,
  superviseMode,
  unitKind,
} from '@rexian/contracts';

/** Names of fields as the screens say them; what is not here is shown as it is written. */
const labels: Record<string, string> = {
  name: '名称',
  login: '工号',
  agentNumber: '坐席号',
  active: '启用',
  kind: '类型',
  code: '编码',
  path: '路径',
  unit: '单位',
  unitId: '单位',
  parent: '上级单位',
  parentId: '上级单位',
  units: '机构数',
  roles: '角色',
  permissions: '权限',
  scope: '数据范围',
  entitled: '授权单位',
  centre: '中心',
  number: '号码',
  numberId: '服务号码',
  callerNumber: '主叫号码',
  calledNumber: '被叫号码',
  flow: '语音流程',
  flowId: '语音流程',
  reason: '原因',
  expiresAt: '有效期至',
  week: '每周工作时间',
  holidays: '法定节假日与调休',
  specialDays: '特殊日期',
  networks: '允许来源',
  ratePerMinute: '每分钟请求数',
  overlapHours: '新旧并行小时',
  hint: '密钥末四位',
  password: '密码规则',
  minLength: '最短长度',
  minClasses: '字符种类',
  history: '不可重复次数',
  maxAgeDays: '有效天数',
  lockout: '登录锁定',
  accountFailures: '同一账号失败次数',
  addressFailures: '同一地址失败次数',
  firstSeconds: '首次锁定秒数',
  maxSeconds: '最长锁定秒数',
  session: '登录会话',
  idleMinutes: '无操作退出分钟',
  absoluteHours: '最长登录小时',
  totpForAdministrators: '管理人员须用动态口令',
  totp: '动态口令',
  recoveryCode: '恢复码',
  method: '登录方式',
  userAgent: '浏览器',
  phoneKind: '话机类型',
  idNumber: '证件号码',
  taxNumber: '纳税人识别号',
  company: '单位名称',
  fields: '字段',
  filter: '筛选条件',
  rows: '行数',
  clear: '完整号码',
  bytes: '字节数',
  created: '新增',
  changed: '修改',
  unchanged: '未变',
  from: '起始时间',
  to: '截止时间',
  agentId: '坐席',
  queueId: '技能组',
  endReasons: '结束情况',
  states: '状态',
  actions: '动作',
  subjects: '对象类型',
  subject: '对象',
  actor: '人员',
  address: '来源地址',
  until: '锁定至',
  lockedUntil: '锁定至',
  failures: '失败次数',
  at: '时间',
  seconds: '锁定秒数',
  sessionsEnded: '结束的会话数',
  enrolled: '已绑定',
  contactId: '通话',
  takeover: '接管其他页面',
  keyId: '数据密钥编号',
  cipher: '加密算法',
  resealed: '重新加密条数',
  day: '日期',
  hours: '工作时间',
  open: '工作时间',
  state: '状态',
  next: '话后状态',
  nextReason: '话后原因',
  mode: '监控方式',
  ended: '结束监控',
  takenOver: '接话',
  hungUp: '强拆',
  length: '字数',
};

/** The same field is called otherwise for some subjects. */
const bySubject: Partial<Record<AuditSubject, Record<string, string>>> = {
  person: { name: '姓名' },
  customer: { name: '姓名' },
  session: { name: '姓名' },
};

/** `lockout.maxSeconds` reads 登录锁定 / 最长锁定秒数. */
export function fieldLabel(path: string, subject: AuditSubject): string {
  return path
    .split('.')
    .map((part) => bySubject[subject]?.[part] ?? labels[part] ?? part)
    .join(' / ');
}

const words: Record<string, string> = {
  ...permission.labels,
  ...unitKind.labels,
  ...listKind.labels,
  ...dataScope.labels,
  ...builtInRole.labels,
  ...phoneKind.labels,
  ...auditSubject.labels,
};
const signInFailures: Record<string, string> = {
  BAD_CREDENTIALS: errorCodes.BAD_CREDENTIALS.message,
  BAD_CODE: errorCodes.BAD_CODE.message,
  unknown_person: '统一身份认证的人员未开通',
  refused: '统一身份认证拒绝',
  failed: '统一身份认证未完成',
};
const wordsByField: Record<string, Record<string, string>> = {
  permissions: permission.labels,
  scope: dataScope.labels,
  phoneKind: phoneKind.labels,
  reason: { ...notReadyReason.labels, ...signInFailures },
  state: { ...agentState.labels, signed_out: '签出' },
  next: nextState.labels,
  nextReason: notReadyReason.labels,
  mode: superviseMode.labels,
  method: { password: '密码', oidc: '统一身份认证', code: '动态口令', recovery: '恢复码' },
  kind: { ...unitKind.labels, ...listKind.labels, units: '机构', people: '人员', numbers: '服务号码' },
  roles: builtInRole.labels,
};

/** The Chinese word of a value of a closed union, seen by the field it stands in. */
export function valueWord(field: string, value: string): string {
  const name = field.split('.').at(-1) ?? field;
  const known = wordsByField[name];
  if (known) return known[value] ?? value;
  return name === 'subjects' ? (words[value] ?? value) : value;
}
