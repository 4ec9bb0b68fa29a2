import { html, nothing, type TemplateResult } from "lit";
import { language } from "../../kit/messages";
import { failureText } from "../../kit/problems";
import type { Progress } from "../../wire/lesson";
import type { Scene } from "../model/context";
import { stateOf } from "../model/guide";
import { text } from "../words/messages";
import { inline } from "./prose";

/** What stands between the learner and this step, if anything does. */
export interface Standing {
  /** The newest progress, perhaps of another lesson. */
  readonly told: Progress | undefined;
  /** Why the lesson is not bound to the sandbox. */
  readonly failure: unknown;
  /** The button, or the question, that leads to a step ahead. */
  readonly arrival: TemplateResult | typeof nothing;
  /** Whether the progress is kept again, after it could not be for a while. */
  readonly keptAgain: boolean;
  /** Whether the learner has seen that something is left over in the sandbox, and goes on with it. */
  readonly keepsOld: boolean;
  back(): void;
  keepOld(): void;
}

export function standingView(scene: Scene, standing: Standing): TemplateResult {
  return html`${keeping(scene.progress, standing.keptAgain)}${obstacle(scene, standing)}`;
}

function keeping(progress: Progress | undefined, again: boolean): TemplateResult | typeof nothing {
  if (progress?.kept === false) return banner("unkept", html`<p>${text("progressUnkept")}</p>`);
  return again ? banner("kept", html`<p>${text("progressKept")}</p>`) : nothing;
}

function obstacle(scene: Scene, { told, failure, arrival, back, keepsOld, keepOld }: Standing): TemplateResult | typeof nothing {
  const { progress, commands } = scene;
  if (failure) return banner("failed", html`<p>${failureText(failure)}</p>${button("lesson-bind", text("retry"), () => commands.bind())}`);
  if (told && !progress)
    return banner("elsewhere", html`<p>${text("lessonOther")}</p>${button("lesson-bind", text("lessonHere"), () => commands.bind())}`);
  if (!progress) return nothing;
  if (progress.playing !== null) return banner("playing", html`<p><span class="spinner"></span>${text("playing")}</p>`);
  const problem = progress.problem ? banner("problem", html`<p>${inline(progress.problem[language])}</p>`) : nothing;
  const old =
    progress.leftOver && !keepsOld
      ? banner(
          "left-over",
          html`<p>${text("leftOver")}</p>${button("start-fresh", text("leftOverFresh"), () => commands.fresh())}${button("keep-mine", text("leftOverKeep"), keepOld)}`,
        )
      : nothing;
  return html`${problem}${old}${readingAhead(scene, arrival, back) ?? nothing}`;
}

function readingAhead({ lesson, progress, shown }: Scene, arrival: Standing["arrival"], back: () => void): TemplateResult | undefined {
  if (stateOf(shown, lesson, progress) !== "ahead") return undefined;
  const index = lesson.steps.findIndex(({ id }) => id === progress?.current);
  const current = lesson.steps[index];
  if (!current) return undefined;
  return banner(
    "ahead",
    html`<p>${text("stepReadingAhead", current.title)}</p>${button("back-to-current", text("stepReturn", index + 1), back)}${arrival}`,
  );
}

function banner(kind: string, content: TemplateResult): TemplateResult {
  return html`<div class="banner" data-kind=${kind} data-testid="lesson-banner">${content}</div>`;
}

function button(name: string, label: string, action: () => void): TemplateResult {
  return html`<button type="button" class="button" data-testid=${name} @click=${action}>${label}</button>`;
}
