import { html, type TemplateResult } from "lit";
import { icon } from "../../kit/icons";
import type { Block } from "../../wire/lesson";
import { unreachable } from "../../wire/unreachable";
import type { Scene } from "../model/context";
import { text } from "../words/messages";
import { checkView } from "./check-view";
import { predictView } from "./predict-view";
import { prose } from "./prose";
import { quizView } from "./quiz-view";
import { runView } from "./run-view";

export function blockView(block: Block, scene: Scene): TemplateResult {
  switch (block.type) {
    case "prose":
      return prose(block.html);
    case "run":
      return runView(block, scene);
    case "check":
      return checkView(block, scene);
    case "predict":
      return predictView(block, scene);
    case "quiz":
      return quizView(block, scene);
    case "hint":
      return html`<details class="hint" data-testid="hint"><summary>${icon("hint")}${text("hint")}</summary>${prose(block.html)}</details>`;
    default:
      return unreachable(block);
  }
}
