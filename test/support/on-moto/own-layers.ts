/** A function without layers of other accounts, which moto does not have. */
export function withOwnLayers<T extends { readonly layers?: unknown }>(fn: T, account: string): T {
  if (!Array.isArray(fn.layers)) return fn;
  const { layers, ...rest } = fn;
  const own = fn.layers.filter((arn) => {
    const [, owner = account] = /^arn:aws:lambda:[^:]+:(\d{12}):/.exec(String(arn)) ?? [];
    return owner === account;
  });
  return (own.length > 0 ? { ...rest, layers: own } : rest) as T;
}
