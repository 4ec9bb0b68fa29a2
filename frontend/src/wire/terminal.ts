import { Fields } from "./json";

/**
 * The messages from the server in text frames of `/ws/terminals/{id}`. Sizes are in character cells, offsets in bytes since the terminal
 * began.
 */
export type TerminalMessage =
  | { readonly type: "attached"; readonly offset: number; readonly live: number; readonly cols: number; readonly rows: number }
  | { readonly type: "size"; readonly cols: number; readonly rows: number }
  | { readonly type: "exit"; readonly status: number; readonly signal: string | null }
  | { readonly type: "viewers"; readonly count: number }
  | { readonly type: "error"; readonly detail: string };

/** The messages from this page in text frames of `/ws/terminals/{id}`. */
export type TerminalRequest =
  | { readonly type: "resize"; readonly cols: number; readonly rows: number }
  | { readonly type: "ack"; readonly bytes: number }
  | { readonly type: "resume"; readonly offset: number };

/**
 * Reads a message. Returns undefined if its type is unknown, because a newer server may have more, and throws WireError if it is
 * malformed.
 */
export function decodeTerminalMessage(text: string): TerminalMessage | undefined {
  const fields = new Fields(JSON.parse(text));
  const type = fields.text("type");
  switch (type) {
    case "attached": {
      // If there is no `live`, nothing is replayed.
      const offset = fields.number("offset");
      const live = fields.optional("live", (name) => fields.number(name)) ?? offset;
      return { type, offset, live, cols: fields.number("cols"), rows: fields.number("rows") };
    }
    case "size":
      return { type, cols: fields.number("cols"), rows: fields.number("rows") };
    case "exit":
      return { type, status: fields.number("status"), signal: fields.optional("signal", (name) => fields.text(name)) };
    case "viewers":
      return { type, count: fields.number("count") };
    case "error":
      return { type, detail: fields.text("detail") };
    default:
      return undefined;
  }
}
