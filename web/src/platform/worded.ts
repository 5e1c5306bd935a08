/** The values of a closed union as choices. */
export const worded = <Value extends string>({ values, labels }: { values: Value[]; labels: Record<Value, string> }) =>
  values.map((value) => ({ value, label: labels[value] }));
