import { html, nothing, type TemplateResult } from "lit";
import { LightElement } from "../../kit/element";
import { icon } from "../../kit/icons";
import { text } from "../shared/messages";

/** `<nslab-ending>`: says calmly that the sandbox will soon end, and how much time is left. Fires `lab-extend`. */
export class Ending extends LightElement {
  static override properties = { seconds: { attribute: false }, busy: { attribute: false }, minutes: { state: true } };
  /** Seconds until the end, as the server said last; null while the end is far away. */
  declare seconds: number | null;
  /** An extension is under way. */
  declare busy: boolean;
  declare private minutes: number;
  private end = 0;
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor() {
    super();
    this.seconds = null;
    this.busy = false;
    this.minutes = 0;
  }

  override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has("seconds")) this.countDown();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.timer);
  }

  override render(): TemplateResult {
    const due = this.seconds !== null;
    // The status element exists before it has words, because screen readers report only changes.
    return html`
      <div class=${due ? "ending" : "unseen"} data-testid="ending" ?data-due=${due}>
        ${due ? icon("clock") : nothing}
        <p role="status">${due ? html`<strong>${this.when()}</strong> <span class="detail">${text("endingDetail")}</span>` : nothing}</p>
        ${due ? html`<button type="button" class="button" data-testid="extend" title=${text("extendTitle")} ?disabled=${this.busy} @click=${this.extend}>${text("extend")}</button>` : nothing}
      </div>
    `;
  }

  private when(): string {
    return this.minutes > 1 ? text("endsInMinutes", this.minutes) : text("endsSoon");
  }

  private countDown(): void {
    clearInterval(this.timer);
    if (this.seconds === null) return;
    this.end = performance.now() + this.seconds * 1000;
    this.tick();
    this.timer = setInterval(() => this.tick(), 1000);
  }

  private tick(): void {
    this.minutes = Math.ceil((this.end - performance.now()) / 60_000);
  }

  private extend(): void {
    this.dispatchEvent(new CustomEvent("lab-extend", { bubbles: true }));
  }
}

customElements.define("nslab-ending", Ending);
