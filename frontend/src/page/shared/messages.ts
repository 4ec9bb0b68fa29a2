import { messagesOf } from "../../kit/messages";
import { english } from "./messages-en";
import { chinese } from "./messages-zh";

export const { text } = messagesOf(english, chinese);
export type MessageKey = Parameters<typeof text>[0];
