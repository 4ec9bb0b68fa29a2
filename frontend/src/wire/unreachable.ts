/** Ends an exhaustive switch: a new case that nobody handles is a compile error here. */
export function unreachable(value: never): never {
  throw new TypeError(`unhandled: ${JSON.stringify(value)}`);
}
