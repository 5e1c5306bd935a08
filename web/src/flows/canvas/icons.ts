/** Pictures of node types; a type without one has that of its group. */
import {
  AudioOutlined,
  CalculatorOutlined,
  CloudDownloadOutlined,
  CustomerServiceOutlined,
  ForkOutlined,
  LogoutOutlined,
  MessageOutlined,
  NumberOutlined,
  PhoneOutlined,
  ProfileOutlined,
  RollbackOutlined,
  ScheduleOutlined,
  SmileOutlined,
  SoundOutlined,
  SubnodeOutlined,
  SwapOutlined,
  TableOutlined,
  TeamOutlined,
  UserOutlined,
} from '@ant-design/icons';
import type { NodeDefinition } from '@rexian/flows/node.ts';
import type { ComponentType } from 'react';

const icons: Readonly<Record<string, ComponentType>> = {
  play: SoundOutlined,
  menu: TableOutlined,
  collect: NumberOutlined,
  say: CalculatorOutlined,
  branch: ForkOutlined,
  hours: ScheduleOutlined,
  lookup: CloudDownloadOutlined,
  queue: TeamOutlined,
  agent: UserOutlined,
  transfer: SwapOutlined,
  voicemail: AudioOutlined,
  satisfaction: SmileOutlined,
  callback: PhoneOutlined,
  sms: MessageOutlined,
  work_order: ProfileOutlined,
  hang_up: LogoutOutlined,
  return: RollbackOutlined,
};
const ofGroup: Readonly<Record<NodeDefinition['group'], ComponentType>> = {
  speech: SoundOutlined,
  logic: ForkOutlined,
  service: CustomerServiceOutlined,
  end: SubnodeOutlined,
};

export const iconOf = ({ type, group }: Pick<NodeDefinition, 'type' | 'group'>): ComponentType =>
  icons[type] ?? ofGroup[group];
