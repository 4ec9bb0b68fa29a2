import { html, nothing, type TemplateResult } from "lit";
import { icon } from "../../kit/icons";
import { text } from "../words/messages";

/** The processes that a lesson found: the title of the step, by the PID in the sandbox's first PID namespace. */
export type Marks = ReadonlyMap<number, string>;

/** The sign on the row of a process that a lesson's check found. A screen reader reads it with the row's label. */
export function mark(step: string | undefined): TemplateResult | typeof nothing {
  return step === undefined
    ? nothing
    : html`<span class="lesson-mark" title=${text("checkMarked", step)} data-testid="lesson-mark">${icon("check")}</span>`;
}
