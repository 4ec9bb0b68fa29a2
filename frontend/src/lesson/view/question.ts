import { html, type TemplateResult } from "lit";
import { text } from "../words/messages";

export interface Question {
  readonly name: string;
  readonly title: string;
  readonly detail: string;
  readonly confirm: string;
  /** A choice that is offered beside the answer. */
  readonly option?: string;
  yes(option: boolean): void;
  no(): void;
}

/** Asks in place of the button that was pressed, before something is thrown away. */
export function question(it: Question): TemplateResult {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    it.yes(new FormData(event.currentTarget as HTMLFormElement).has("option"));
  };
  const leave = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    it.no();
  };
  return html`<form class="question" role="group" aria-label=${it.title} @submit=${submit} @keydown=${leave}>
    <strong>${it.title}</strong>
    <p>${it.detail}</p>
    ${it.option ? html`<label><input type="checkbox" name="option" checked />${it.option}</label>` : ""}
    <div class="actions">
      <button type="submit" class="button primary" data-focus data-testid="${it.name}-confirm">${it.confirm}</button>
      <button type="button" class="button" @click=${() => it.no()}>${text("cancel")}</button>
    </div>
  </form>`;
}
