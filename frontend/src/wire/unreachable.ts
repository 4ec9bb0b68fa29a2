/** Ends an exhaustive switch. A new case that is not handled becomes a compile error here. */
export function unreachable(value: never): never {
  throw new TypeError(`unhandled: ${JSON.stringify(value)}`);
}
