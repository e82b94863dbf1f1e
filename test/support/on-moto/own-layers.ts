/** A function without layers of other accounts, which moto does not have; anything else stays as it is. */
export function withOwnLayers<T extends object>(fn: T, account: string): T {
  const { layers, ...rest } = fn as { readonly layers?: unknown };
  if (!Array.isArray(layers)) return fn;
  const own = layers.filter((arn) => {
    const [, owner = account] = /^arn:aws:lambda:[^:]+:(\d{12}):/.exec(String(arn)) ?? [];
    return owner === account;
  });
  return (own.length > 0 ? { ...rest, layers: own } : rest) as T;
}
