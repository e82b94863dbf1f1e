const markOf = (kind: string): symbol => Symbol.for(`evenkeel/${kind}`);

/**
 * Marks an object as one of a class of this toolkit. `instanceof` fails where a project has two copies of the package, of which
 * one made the object and the other one asks.
 */
export function mark(object: object, kind: string): void {
  Object.defineProperty(object, markOf(kind), { value: true });
}

/** Whether an object was marked, by whichever copy of this package. */
export const isMarked = (object: object, kind: string): boolean => markOf(kind) in object;
