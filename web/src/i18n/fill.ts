export type Values = Record<string, string | number>;

/**
 * Put values into a message: `{name}` is replaced, `{n|day|days}` becomes "1 day" or "3 days".
 * A name without a value stays visible, so that a forgotten one is seen.
 */
export function fill(message: string, values: Values = {}): string {
  return message.replace(/\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g, (whole, name: string, one?: string, many?: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    if (one === undefined || many === undefined) return String(value);
    return `${value} ${Number(value) === 1 ? one : many}`;
  });
}
