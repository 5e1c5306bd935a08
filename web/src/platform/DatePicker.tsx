import generateConfig from '@rc-component/picker/generate/dayjs';
// biome-ignore lint/style/noRestrictedImports: what all others take theirs from
import { DatePicker as Picker } from 'antd';
import { type Dayjs, wallNow } from './beijing.ts';

/** Ant Design's, whose today and now are Beijing's. Its values are `wallOf` an instant, to be read by `instantOf`. */
export const DatePicker = Picker.generatePicker<Dayjs>({ ...generateConfig, getNow: wallNow });
