import { html, type TemplateResult } from "lit";
import { icon } from "../../kit/icons";
import { text } from "../words/messages";

/** The field to look for processes. `count`: how many are found, of how many; undefined while nothing is looked for. */
export function findView(now: string, find: (text: string) => void, count: { found: number; all: number } | undefined): TemplateResult {
  return html`
    <div class="find" role="search">
      <label>${icon("search")}<input type="search" autocomplete="off" spellcheck="false" .value=${now} placeholder=${text("find")} aria-label=${text("findLabel")}
        title=${text("findHint")} data-testid="find" @input=${(event: Event) => find((event.target as HTMLInputElement).value)} @keydown=${keep}></label>
      <output>${count ? text("findCount", count.found, count.all) : ""}</output>
    </div>
  `;
}

/** Keys in the field are not keys of the tree. Escape empties the field, as browsers do; the down arrow leaves it. */
function keep(event: KeyboardEvent): void {
  if (event.key !== "ArrowDown") event.stopPropagation();
}
