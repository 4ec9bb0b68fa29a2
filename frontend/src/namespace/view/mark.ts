import { html, nothing, type TemplateResult } from "lit";
import { icon } from "../../kit/icons";
import { text } from "../words/messages";

/** What a lesson found: the title of the step by PID in the sandbox's first PID namespace. */
export type Marks = ReadonlyMap<number, string>;

/** The sign on a row that a lesson's check found this process. A screen reader hears it with the row's label. */
export function mark(step: string | undefined): TemplateResult | typeof nothing {
  return step === undefined
    ? nothing
    : html`<span class="lesson-mark" title=${text("checkMarked", step)} data-testid="lesson-mark">${icon("check")}</span>`;
}
