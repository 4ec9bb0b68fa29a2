import { html, nothing, type TemplateResult } from "lit";
import type { RequestFailed } from "../../kit/api";
import { LightElement } from "../../kit/element";
import { endText, problemText } from "../../kit/problems";
import { type MessageKey, text } from "../shared/messages";
import type { Phase } from "./lab-session";

/** Titles for problems that are nobody's fault. */
const titles: Readonly<Record<string, MessageKey>> = { capacity: "capacityTitle", sandboxes: "sandboxesTitle", rate: "rateTitle" };

/** `<nslab-notice>`: says why the person has no sandbox, and offers to go on. Fires `lab-start`. */
export class Notice extends LightElement {
  static override properties = { phase: { attribute: false }, seconds: { state: true } };
  declare phase: Phase;
  declare private seconds: number;
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor() {
    super();
    this.phase = { name: "starting" };
    this.seconds = 0;
  }

  override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has("phase")) this.countDown();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.timer);
  }

  override render(): TemplateResult | typeof nothing {
    switch (this.phase.name) {
      case "ended":
        return this.card("ended", text("endedTitle"), endText(this.phase.why), text("newSandbox"));
      case "failed":
        return this.failed(this.phase.failure);
      default:
        return nothing;
    }
  }

  private failed({ problem }: RequestFailed): TemplateResult {
    const key = titles[problem.name];
    const title = key ? text(key) : problem.name === "unreachable" ? problem.title : text("failedTitle");
    const detail = problem.name === "unreachable" ? "" : problemText(problem);
    return this.card(problem.name, title, detail, text("retry"));
  }

  private card(kind: string, title: string, detail: string, action: string): TemplateResult {
    return html`
      <section class="notice" role="alert" data-testid="notice" data-problem=${kind}>
        <h2>${title}</h2>
        ${detail ? html`<p class="detail">${detail}</p>` : nothing}
        <div class="actions">
          <button type="button" class="button primary" data-testid="start" @click=${this.start}>${action}</button>
          ${this.seconds > 0 ? html`<span class="note">${text("capacityRetry", this.seconds)}</span>` : nothing}
        </div>
      </section>
    `;
  }

  /** If the server has said when to try again, the page does so by itself. */
  private countDown(): void {
    clearInterval(this.timer);
    this.seconds = this.phase.name === "failed" ? (this.phase.failure.retryAfter ?? 0) : 0;
    if (this.seconds <= 0) return;
    this.timer = setInterval(() => {
      this.seconds--;
      if (this.seconds <= 0) this.start();
    }, 1000);
  }

  private start(): void {
    clearInterval(this.timer);
    this.dispatchEvent(new CustomEvent("lab-start", { bubbles: true }));
  }
}

customElements.define("nslab-notice", Notice);
