import {
  ApartmentOutlined,
  AuditOutlined,
  BarChartOutlined,
  BookOutlined,
  BranchesOutlined,
  BulbOutlined,
  CalendarOutlined,
  ContainerOutlined,
  CustomerServiceOutlined,
  DeploymentUnitOutlined,
  DisconnectOutlined,
  FileSearchOutlined,
  FileTextOutlined,
  FolderOpenOutlined,
  FormOutlined,
  FundOutlined,
  IdcardOutlined,
  KeyOutlined,
  MailOutlined,
  MessageOutlined,
  MobileOutlined,
  NodeIndexOutlined,
  NumberOutlined,
  PartitionOutlined,
  PhoneOutlined,
  PieChartOutlined,
  QuestionCircleOutlined,
  ReadOutlined,
  SafetyCertificateOutlined,
  ShareAltOutlined,
  SolutionOutlined,
  SoundOutlined,
  StopOutlined,
  TagsOutlined,
  TeamOutlined,
} from '@ant-design/icons';
import { knowledgeReaders, knowledgeWriters, type Permission, type Viewer } from '@rexian/contracts';
import { type ComponentType, lazy } from 'react';
import { AnswerCount } from '../answers/AnswerCount.tsx';
import { livesAtDesk, may } from '../auth/viewer.ts';
import { DeskPage } from '../desk/DeskPage.tsx';
import { FeedbackCount } from '../knowledge/feedback/FeedbackCount.tsx';
import { ReviewCount } from '../knowledge/ReviewCount.tsx';
import { MessageCount } from '../messages/MessageCount.tsx';
import { TodoCount } from '../orders/TodoCount.tsx';

export interface Page {
  path: `/${string}`;
  /** What may follow the path, in the router's words. */
  rest?: string;
  label: string;
  icon: ComponentType;
  /** Any of them opens the page: those of the routes that it asks first. */
  permissions: [Permission, ...Permission[]];
  /** Any of them finds it in the menu; left out: whoever may open it. Others are led there, by notices and links. */
  inMenu?: [Permission, ...Permission[]];
  component: ComponentType;
  /** Stands beside the label in the menu: what waits there. */
  badge?: ComponentType;
}

export interface PageGroup {
  label: string;
  pages: Page[];
}

/** Menu and router in one: no page can be reached without its permission, none can be forgotten in the menu. */
export const pageGroups: PageGroup[] = [
  {
    label: '工作台',
    pages: [
      {
        path: '/desk',
        label: '坐席工作台',
        icon: CustomerServiceOutlined,
        permissions: ['desk.use'],
        component: DeskPage,
      },
      {
        path: '/contacts',
        rest: '/:id?',
        label: '通话记录',
        icon: FileSearchOutlined,
        permissions: ['contacts.read', 'contacts.read_own'],
        component: lazy(() => import('../contacts/ContactsPage.tsx')),
      },
      {
        path: '/lost-calls',
        label: '呼损回拨',
        icon: PhoneOutlined,
        permissions: ['lost_calls.read', 'desk.use'],
        component: lazy(() => import('../lost-calls/LostCallsPage.tsx')),
      },
      {
        path: '/registration',
        rest: '/:id?',
        label: '工单登记',
        icon: FormOutlined,
        permissions: ['work_orders.register'],
        component: lazy(() => import('../registration/RegistrationPage.tsx')),
      },
      {
        path: '/orders',
        rest: '/:id?',
        label: '工单',
        icon: ContainerOutlined,
        permissions: ['work_orders.read'],
        component: lazy(() => import('../orders/OrdersPage.tsx')),
        badge: TodoCount,
      },
      {
        path: '/orders/monitor',
        label: '流程监控',
        icon: FundOutlined,
        permissions: ['work_orders.manage'],
        component: lazy(() => import('../orders/monitor/MonitorPage.tsx')),
      },
      {
        path: '/messages',
        rest: '/:id?',
        label: '留言工单',
        icon: MessageOutlined,
        permissions: ['work_orders.read'],
        component: lazy(() => import('../messages/MessagesPage.tsx')),
        badge: MessageCount,
      },
      {
        path: '/sms',
        label: '短信',
        icon: MailOutlined,
        permissions: ['sms.read'],
        component: lazy(() => import('../sms/SmsPage.tsx')),
      },
      {
        path: '/monitor',
        label: '现场监控',
        icon: BarChartOutlined,
        permissions: ['monitor.read'],
        component: lazy(() => import('../monitor/MonitorPage.tsx')),
      },
    ],
  },
  {
    label: '知识',
    pages: [
      {
        path: '/lookup',
        label: '知识检索',
        icon: FileSearchOutlined,
        permissions: [...knowledgeReaders],
        component: lazy(() => import('../lookup/LookupPage.tsx')),
      },
      {
        path: '/knowledge',
        rest: '/:id?/:act?',
        label: '知识管理',
        icon: BookOutlined,
        permissions: [...knowledgeReaders],
        inMenu: [...knowledgeWriters],
        component: lazy(() => import('../knowledge/KnowledgePage.tsx')),
        badge: ReviewCount,
      },
      {
        path: '/knowledge/feedback',
        label: '知识反馈',
        icon: BulbOutlined,
        permissions: ['knowledge.edit'],
        component: lazy(() => import('../knowledge/feedback/FeedbackPage.tsx')),
        badge: FeedbackCount,
      },
      {
        path: '/knowledge/libraries',
        label: '知识库设置',
        icon: FolderOpenOutlined,
        permissions: ['knowledge.manage'],
        component: lazy(() => import('../knowledge/libraries/LibrariesPage.tsx')),
      },
      {
        path: '/answers',
        rest: '/:id?/:act?',
        label: '问答库',
        icon: QuestionCircleOutlined,
        permissions: [...knowledgeReaders],
        inMenu: [...knowledgeWriters],
        component: lazy(() => import('../answers/AnswersPage.tsx')),
        badge: AnswerCount,
      },
      {
        path: '/thesaurus',
        label: '专题词库',
        icon: ReadOutlined,
        permissions: ['knowledge.edit'],
        component: lazy(() => import('../answers/thesaurus/ThesaurusPage.tsx')),
      },
      {
        path: '/knowledge-missing',
        label: '未命中问题',
        icon: DisconnectOutlined,
        permissions: ['knowledge.edit'],
        component: lazy(() => import('../answers/missing/MissingPage.tsx')),
      },
      {
        path: '/knowledge-reports',
        label: '知识统计',
        icon: PieChartOutlined,
        permissions: [...knowledgeWriters],
        component: lazy(() => import('../knowledge-reports/ReportsPage.tsx')),
      },
    ],
  },
  {
    label: '管理',
    pages: [
      {
        path: '/units',
        label: '机构管理',
        icon: ApartmentOutlined,
        permissions: ['settings.read'],
        component: lazy(() => import('../units/UnitsPage.tsx')),
      },
      {
        path: '/people',
        label: '人员管理',
        icon: TeamOutlined,
        permissions: ['settings.read'],
        component: lazy(() => import('../people/PeoplePage.tsx')),
      },
      {
        path: '/roles',
        label: '角色管理',
        icon: SolutionOutlined,
        permissions: ['settings.read', 'people.assign_roles', 'roles.manage'],
        component: lazy(() => import('../roles/RolesPage.tsx')),
      },
      {
        path: '/queues',
        label: '技能与路由',
        icon: NodeIndexOutlined,
        permissions: ['settings.read'],
        component: lazy(() => import('../queues/QueuesPage.tsx')),
      },
      {
        path: '/prompts',
        label: '语音库',
        icon: SoundOutlined,
        permissions: ['settings.read'],
        component: lazy(() => import('../prompts/PromptsPage.tsx')),
      },
      {
        path: '/phones',
        label: '话机管理',
        icon: MobileOutlined,
        permissions: ['settings.read'],
        component: lazy(() => import('../phones/PhonesPage.tsx')),
      },
      {
        path: '/numbers',
        label: '服务号码',
        icon: NumberOutlined,
        permissions: ['settings.read'],
        component: lazy(() => import('../numbers/NumbersPage.tsx')),
      },
      {
        path: '/trunks',
        label: '中继',
        icon: ShareAltOutlined,
        permissions: ['settings.read'],
        component: lazy(() => import('../trunks/TrunksPage.tsx')),
      },
      {
        path: '/flows',
        rest: '/:id?',
        label: '流程管理',
        icon: BranchesOutlined,
        permissions: ['settings.read'],
        component: lazy(() => import('../flows/FlowsPage.tsx')),
      },
      {
        path: '/workflows',
        rest: '/:id?',
        label: '工单流程',
        icon: PartitionOutlined,
        permissions: ['settings.read'],
        component: lazy(() => import('../workflows/WorkflowsPage.tsx')),
      },
      {
        path: '/categories',
        label: '业务类别',
        icon: TagsOutlined,
        permissions: ['settings.read'],
        component: lazy(() => import('../categories/CategoriesPage.tsx')),
      },
      {
        path: '/taxpayers',
        label: '一户式查询',
        icon: IdcardOutlined,
        permissions: ['settings.read'],
        component: lazy(() => import('../taxpayers/TaxpayersPage.tsx')),
      },
      {
        path: '/sms-templates',
        label: '短信模板',
        icon: FileTextOutlined,
        permissions: ['sms.read', 'sms.manage'],
        component: lazy(() => import('../sms/TemplatesPage.tsx')),
      },
      {
        path: '/order-forms',
        rest: '/:id?',
        label: '登记表单',
        icon: FormOutlined,
        permissions: ['settings.read'],
        component: lazy(() => import('../order-forms/OrderFormsPage.tsx')),
      },
      {
        path: '/partners',
        label: '协同平台',
        icon: DeploymentUnitOutlined,
        permissions: ['settings.read', 'partners.manage'],
        component: lazy(() => import('../partners/PartnersPage.tsx')),
      },
      {
        path: '/lists',
        label: '黑白名单',
        icon: StopOutlined,
        permissions: ['settings.read'],
        component: lazy(() => import('../lists/ListsPage.tsx')),
      },
      {
        path: '/calendars',
        label: '工作日历',
        icon: CalendarOutlined,
        permissions: ['settings.read'],
        component: lazy(() => import('../calendars/CalendarsPage.tsx')),
      },
    ],
  },
  {
    label: '安全',
    pages: [
      {
        path: '/security',
        label: '安全策略',
        icon: SafetyCertificateOutlined,
        permissions: ['security.manage'],
        component: lazy(() => import('../security/SecurityPage.tsx')),
      },
      {
        path: '/keys',
        label: '接口密钥',
        icon: KeyOutlined,
        permissions: ['keys.manage'],
        component: lazy(() => import('../keys/KeysPage.tsx')),
      },
      {
        path: '/audit',
        label: '审计日志',
        icon: AuditOutlined,
        permissions: ['audit.read'],
        component: lazy(() => import('../audit/AuditPage.tsx')),
      },
    ],
  },
];

/** What this viewer may open, group by group; groups without a page are left out. */
export function pagesOf(viewer: Viewer): PageGroup[] {
  return pageGroups
    .map(({ label, pages }) => ({ label, pages: pages.filter((page) => may(viewer, ...page.permissions)) }))
    .filter(({ pages }) => pages.length > 0);
}

/** What this viewer finds in the menu. */
export function menuOf(viewer: Viewer): PageGroup[] {
  return pagesOf(viewer)
    .map(({ label, pages }) => ({ label, pages: pages.filter(({ inMenu }) => !inMenu || may(viewer, ...inMenu)) }))
    .filter(({ pages }) => pages.length > 0);
}

/** Where a person starts: agents at the desk, leaders at the monitor, others at the first page that is theirs. */
export function homeOf(viewer: Viewer): string {
  if (livesAtDesk(viewer)) return '/desk';
  if (may(viewer, 'monitor.read')) return '/monitor';
  return menuOf(viewer)[0]?.pages[0]?.path ?? '/account';
}
