/** A type without names of its parts, and without what is only read. */
type Plain<T> = T extends readonly (infer E)[]
  ? Plain<E>[]
  : T extends object
    ? { -readonly [K in keyof T]: Plain<T[K]> }
    : T;

/** Whether two types are one: the same fields, each with the same type, and left out alike. */
export type Same<A, B> =
  (<T>() => T extends Plain<A> ? 1 : 2) extends <T>() => T extends Plain<B> ? 1 : 2
    ? true
    : { readonly declared: Plain<A>; readonly schema: Plain<B> };

export type Proof<T extends true> = T;
