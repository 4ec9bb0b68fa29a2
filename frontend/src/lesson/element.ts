import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { keyed } from "lit/directives/keyed.js";
import { PaneElement } from "../kit/element";
import { icon } from "../kit/icons";
import { failureText } from "../kit/problems";
import { fromRoot } from "../kit/root";
import type { Lesson, LessonSummary, Progress, Step } from "../wire/lesson";
import type { Snapshot } from "../wire/snapshot";
import { sentenceOf } from "./model/announcements";
import type { LessonCommands, Scene } from "./model/context";
import { Finds } from "./model/found";
import { isDone, isPassedByReading, neighbour, placeIn, stateOf } from "./model/guide";
import { newsOf } from "./model/news";
import { blockView } from "./view/block-view";
import { endView } from "./view/end-view";
import { footerView } from "./view/footer-view";
import { lackingView } from "./view/lacking-view";
import { inline } from "./view/prose";
import { question } from "./view/question";
import { standingView } from "./view/standing-view";
import { stepsView } from "./view/steps-view";
import { text } from "./words/messages";

/** What the learner is asked to confirm before it is done. */
type Asking = "arrive" | "anew" | undefined;

/** `<nslab-lesson>`: one lesson, step by step, as the server describes it. What the learner does in it is passed to its `commands`. */
export class LessonElement extends PaneElement {
  static override properties = {
    lesson: { attribute: false },
    progress: { attribute: false },
    failure: { attribute: false },
    unbound: { attribute: false },
    next: { attribute: false },
    shown: { state: true },
    asking: { state: true },
    keepsOld: { state: true },
    said: { state: true },
  };
  declare lesson: Lesson | undefined;
  declare progress: Progress | undefined;
  /** Why the lesson can't be shown, or can't be bound to the sandbox. */
  declare failure: unknown;
  declare unbound: unknown;
  declare next: LessonSummary | undefined;
  /** The step that is shown. Until the learner goes to a step, it is the one that the progress names. */
  declare private shown: string | undefined;
  declare private asking: Asking;
  declare private keepsOld: boolean;
  declare private said: string;
  commands: LessonCommands | undefined;
  private readonly finds = new Finds();
  private snapshot_: Snapshot | null = null;
  /** Counts fresh starts, after which nothing stays that was typed or chosen. */
  private round = 0;
  private focusing: string | undefined;
  private ending = false;
  /** Stays until the learner goes on, who will have seen it by then. */
  private keptAgain = false;

  constructor() {
    super();
    this.said = "";
    this.keepsOld = false;
    this.addEventListener("keydown", (event) => this.keyDown(event));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.dataset.testid = "lesson-pane";
  }

  set snapshot(snapshot: Snapshot | null) {
    this.snapshot_ = snapshot;
    if (this.finds.learn(snapshot, this.progress)) this.requestUpdate();
  }

  /** Moves the focus to the heading of the step. */
  override focus(): void {
    this.querySelector<HTMLElement>("h2")?.focus({ preventScroll: true });
  }

  override willUpdate(changed: PropertyValues<this>): void {
    const { lesson, progress } = this;
    if (!lesson || !progress) return;
    // Decided when both lesson and progress have arrived, and then never again: a step that is passed later must not move the learner on.
    if (this.shown === undefined && progress.lesson === lesson.id) this.shown = placeIn(lesson, progress);
    if (!changed.has("progress")) return;
    this.finds.learn(this.snapshot_, progress);
    const news = newsOf(lesson, changed.get("progress"), progress);
    if (news.length > 0) this.said = news.map((item) => sentenceOf(item, lesson)).join(". ");
    this.ending = news.some(({ kind }) => kind === "done");
    if (news.some(({ kind }) => kind === "kept" || kind === "unkept")) this.keptAgain = progress.kept;
    if (news.some(({ kind }) => kind === "passed")) this.dispatchEvent(new CustomEvent("lesson-passed", { bubbles: true }));
  }

  override updated(): void {
    const { focusing } = this;
    this.focusing = undefined;
    if (focusing) this.querySelector<HTMLElement>(focusing)?.focus({ preventScroll: focusing === "h2" });
    if (focusing === "h2") this.querySelector(".lesson-body")?.scrollTo({ top: 0 });
    if (this.ending) this.querySelector(".done")?.scrollIntoView({ block: "nearest" });
    this.ending = false;
  }

  override render(): TemplateResult {
    if (this.failure && !this.lesson) return this.failed();
    const scene = this.scene();
    if (!scene) return html`<p class="empty" role="status">${text("lessonLoading")}</p>`;
    const step = scene.lesson.steps.find(({ id }) => id === scene.shown) ?? scene.lesson.steps[0];
    if (!step) return html`<p class="empty">${text("lessonLoading")}</p>`;
    return html`
      <div class="pane-body lesson-body" tabindex="-1">${this.head(scene, step)}${this.body(scene, step)}</div>
      ${footerView(scene, step, { back: () => this.move(-1), on: () => this.move(1), after: this.next })}
      <p class="unseen" role="status" aria-live="polite" data-testid="lesson-said">${this.said}</p>
    `;
  }

  private scene(): Scene | undefined {
    const { lesson, commands } = this;
    if (!lesson || !commands) return undefined;
    // The progress of another lesson says nothing about this one.
    const progress = this.progress?.lesson === lesson.id ? this.progress : undefined;
    const shown = this.shown ?? placeIn(lesson, progress);
    return { lesson, progress, shown, commands, found: (pid) => this.finds.get(pid) };
  }

  private head(scene: Scene, step: Step): TemplateResult {
    return html`
      <p class="course">${inline(scene.lesson.title)}</p>
      <h2 tabindex="-1">${inline(step.title)}</h2>
      ${stepsView(scene, (id) => this.go(id), this.anew(scene))}
      ${standingView(scene, {
        told: this.progress,
        failure: this.unbound,
        arrival: this.arrival(scene, step),
        keptAgain: this.keptAgain,
        keepsOld: this.keepsOld,
        keepOld: () => {
          this.keepsOld = true;
        },
        back: () => this.go(scene.progress?.current ?? scene.shown),
      })}
    `;
  }

  private body(scene: Scene, step: Step): TemplateResult {
    const first = scene.lesson.steps[0]?.id === step.id;
    const last = scene.lesson.steps.at(-1)?.id === step.id;
    return html`
      ${first && scene.lesson.summary ? html`<p class="lead">${inline(scene.lesson.summary)}</p>` : nothing}
      ${lackingView(scene.lesson.lacking)}
      <div class="blocks" data-testid="step-body" data-step=${step.id} data-state=${stateOf(step.id, scene.lesson, scene.progress)}>
        ${keyed(`${this.round} ${step.id}`, html`${step.blocks.map((block) => blockView(block, scene))}`)}
      </div>
      ${last && isDone(scene.lesson, scene.progress) ? endView(scene.lesson.title, this.next) : nothing}
      ${stateOf(step.id, scene.lesson, scene.progress) === "ahead" ? nothing : this.arrival(scene, step)}
    `;
  }

  /** The button that leads to any step but the first, whatever state the sandbox is in. */
  private arrival({ lesson, progress, commands }: Scene, { id }: Step): TemplateResult | typeof nothing {
    if (!progress || progress.playing !== null || lesson.steps[0]?.id === id || isDone(lesson, progress)) return nothing;
    const ahead = stateOf(id, lesson, progress) === "ahead";
    if (this.asking !== "arrive") {
      return html`<button type="button" class=${ahead ? "button" : "quiet"} data-testid="take-me-here" @click=${() => this.ask("arrive")}>${text(ahead ? "arrive" : "arriveAgain")}</button>`;
    }
    return question({
      name: "take-me-here",
      title: text("arriveQuestion"),
      detail: text("arriveDetail"),
      confirm: text("arriveConfirm"),
      yes: () => {
        this.go(id);
        commands.arrive(id);
      },
      no: () => this.ask(undefined, "[data-testid='take-me-here']"),
    });
  }

  private anew({ progress, commands }: Scene): TemplateResult {
    if (this.asking !== "anew") {
      return html`<button type="button" class="quiet" data-testid="begin-anew" ?disabled=${!progress} @click=${() => this.ask("anew")}>${text("stepsAnew")}</button>`;
    }
    return question({
      name: "begin-anew",
      title: text("anewQuestion"),
      detail: text("anewDetail"),
      option: text("anewReset"),
      confirm: text("anewConfirm"),
      yes: (reset) => {
        this.asking = undefined;
        this.round++;
        this.querySelector(".steps")?.removeAttribute("open");
        this.go(this.lesson?.steps[0]?.id);
        commands.anew(reset);
      },
      no: () => this.ask(undefined, "[data-testid='begin-anew']"),
    });
  }

  private ask(asking: Asking, focus = "[data-focus]"): void {
    this.asking = asking;
    this.focusing = focus;
  }

  /** Goes on. This passes a step that is just to be read. */
  private move(distance: 1 | -1): void {
    const scene = this.scene();
    const step = scene?.lesson.steps.find(({ id }) => id === scene.shown);
    if (!scene || !step) return;
    if (distance > 0 && isPassedByReading(step) && stateOf(step.id, scene.lesson, scene.progress) === "current")
      scene.commands.complete(step.id);
    this.go(neighbour(scene.lesson, step.id, distance));
  }

  private go(step: string | undefined): void {
    if (!step) return;
    this.asking = undefined;
    this.keptAgain = false;
    this.focusing = "h2";
    this.requestUpdate();
    if (step === this.shown) return;
    this.shown = step;
    this.commands?.place(step);
  }

  /** Only where nothing is typed, because elsewhere these letters are text. */
  private keyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if ((event.target as HTMLElement).matches("input:not([type='radio'], [type='checkbox']), textarea, select")) return;
    const key = event.key.toLowerCase();
    if (key !== "n" && key !== "p") return;
    event.preventDefault();
    this.move(key === "n" ? 1 : -1);
  }

  private failed(): TemplateResult {
    return html`<section class="lesson-failed" role="alert" data-testid="lesson-failed">
      <h2 tabindex="-1">${text("lessonFailed")}</h2>
      <p>${failureText(this.failure)}</p>
      <div class="actions">
        <button type="button" class="button" @click=${() => this.commands?.reload()}>${text("retry")}</button>
        <a class="button" href=${fromRoot("./").href}>${icon("back")}${text("lessonsAll")}</a>
      </div>
    </section>`;
  }
}

customElements.define("nslab-lesson", LessonElement);
