import { Fields } from "./json";

/** What the server says in text frames of `/ws/terminals/{id}`; sizes in character cells, offsets in bytes since the terminal began. */
export type TerminalMessage =
  | { readonly type: "attached"; readonly offset: number; readonly live: number; readonly cols: number; readonly rows: number }
  | { readonly type: "size"; readonly cols: number; readonly rows: number }
  | { readonly type: "exit"; readonly status: number; readonly signal: string | null }
  | { readonly type: "viewers"; readonly count: number }
  | { readonly type: "error"; readonly detail: string };

/** What this page says in text frames of `/ws/terminals/{id}`. */
export type TerminalRequest =
  | { readonly type: "resize"; readonly cols: number; readonly rows: number }
  | { readonly type: "ack"; readonly bytes: number }
  | { readonly type: "resume"; readonly offset: number };

/** The message, or undefined where its type is not known here: a newer server may say more. Throws WireError where a known one is malformed. */
export function decodeTerminalMessage(text: string): TerminalMessage | undefined {
  const fields = new Fields(JSON.parse(text));
  const type = fields.text("type");
  switch (type) {
    case "attached": {
      // Without `live` nothing is replayed.
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
