/** One step's progress. `step` is Chinese and stays the same while the step lasts; `percent` is 0 to 100 when known. */
export type Progress = { step: string; percent?: number; detail?: string };

export type Report = (progress: Progress) => void;

export const silent: Report = () => {};
